import { add, mul, sum, type Tensor1D, tidy } from '@tensorflow/tfjs-core'

/**
 * What a step measured, [2], NaN where its update left a parameter that is no finite number. The loss alone does not tell: the ReLU
 * of WebAssembly makes 0 of NaN, so a network that broke before its last ReLU would go on at a loss of ln(classes), and look
 * like one that does not learn. Takes `measurement` over.
 */
export const brokenUnlessFinite = (measurement: Tensor1D, parameters: Tensor1D): Tensor1D => {
  // 0 times a finite sum is 0, and NaN where one number in it is NaN or infinite.
  const checked: Tensor1D = tidy(() => add(measurement, mul(sum(parameters), 0)))
  measurement.dispose()
  return checked
}
