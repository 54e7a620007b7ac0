import { mul, reshape, sum, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import { channelMeans } from './channelMeans.ts'
import { channelOnes } from './channelOnes.ts'
import type { Constants } from './constants.ts'
import { scaleShift } from './scaleShift.ts'

/** x times one learned number (SkipInit: De & Smith 2020, section 3): [N, S, S, C], [1] → [N, S, S, C]. */
export const multiplier = (x: Tensor4D, factor: Tensor1D, constants: Constants): Tensor4D =>
  tidy(() => scaleShift(x, mul(channelOnes(x.shape[3], constants), factor), null, false))

export interface MultiplierGradients {
  readonly input: Tensor4D
  /** [1]. */
  readonly factor: Tensor1D
}

export const multiplierGradients = (
  outputGradient: Tensor4D,
  x: Tensor4D,
  factor: Tensor1D,
  constants: Constants,
): MultiplierGradients => {
  const ofFactor = tidy((): Tensor1D => {
    const means = channelMeans(mul(outputGradient, x), constants)
    return reshape(mul(sum(means), x.size / means.size), [1])
  })
  return { input: multiplier(outputGradient, factor, constants), factor: ofFactor }
}
