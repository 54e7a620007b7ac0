import { mul, step, type Tensor4D, relu as tfRelu, tidy } from '@tensorflow/tfjs-core'

/** max(x, 0). */
export const relu = (x: Tensor4D): Tensor4D => tfRelu(x)

/** The gradient passes where the output is above 0; at 0 it is 0. */
export const reluGradient = (outputGradient: Tensor4D, output: Tensor4D): Tensor4D =>
  tidy(() => mul(outputGradient, step(output)))
