import { mean, mul, ones, reshape, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import type { Constants } from './constants.ts'

/** Mean of each image's channels: [N, S, S, C] → [N, C]. */
export const globalAveragePool = (x: Tensor4D): Tensor2D => mean(x, [1, 2])

/** Every pixel gets the S·S-th part of its channel's gradient: [N, C] → [N, S, S, C]. */
export const globalAveragePoolGradient = (
  outputGradient: Tensor2D,
  side: number,
  constants: Constants,
): Tensor4D =>
  tidy(() => {
    const [batch, channels] = outputGradient.shape
    const spread = constants.tensor(
      `ones/${batch}/${side}/${channels}`,
      (): Tensor4D => ones([batch, side, side, channels]),
    )
    const share: Tensor4D = reshape(mul(outputGradient, 1 / (side * side)), [batch, 1, 1, channels])
    return mul(spread, share)
  })
