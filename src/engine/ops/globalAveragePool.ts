import { div, mean, reshape, type Tensor2D, type Tensor4D, tidy, tile } from '@tensorflow/tfjs-core'

/** Mean of each image's channels: [N, S, S, C] → [N, C]. */
export const globalAveragePool = (x: Tensor4D): Tensor2D => mean(x, [1, 2])

/** Every pixel gets the S·S-th part of its channel's gradient: [N, C] → [N, S, S, C]. */
export const globalAveragePoolGradient = (outputGradient: Tensor2D, side: number): Tensor4D =>
  tidy(() => {
    const [batch, channels] = outputGradient.shape
    return tile(reshape(div(outputGradient, side * side), [batch, 1, 1, channels]), [1, side, side, 1])
  })
