import { mul, neg, sigmoid, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import { channelMeans } from './channelMeans.ts'
import { channelOnes } from './channelOnes.ts'
import type { Constants } from './constants.ts'
import { scaleShift } from './scaleShift.ts'

/** σ(x + bias), the bias by channel: [N, S, S, C], [C] → [N, S, S, C]. */
export const gate = (x: Tensor4D, bias: Tensor1D, constants: Constants): Tensor4D =>
  tidy(() => sigmoid(scaleShift(x, channelOnes(bias.size, constants), bias, false)))

export interface GateGradients {
  readonly input: Tensor4D
  readonly bias: Tensor1D
}

/** σ' = σ · (1 − σ), so the gate's own output is all that its gradient reads. */
export const gateGradients = (
  outputGradient: Tensor4D,
  output: Tensor4D,
  constants: Constants,
): GateGradients => {
  const [input, bias] = tidy((): [Tensor4D, Tensor1D] => {
    const channels = output.shape[3]
    const one = channelOnes(channels, constants)
    const slope = mul(output, scaleShift(output, neg(one), one, false))
    const input: Tensor4D = mul(outputGradient, slope)
    return [input, mul(channelMeans(input, constants), output.size / channels)]
  })
  return { input, bias }
}
