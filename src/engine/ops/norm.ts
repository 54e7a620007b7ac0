import { add, mul, neg, rsqrt, square, sub, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import { normEpsilon } from '../normConstants.ts'
import { channelMeans } from './channelMeans.ts'
import { channelOnes } from './channelOnes.ts'
import type { Constants } from './constants.ts'
import { scaleShift } from './scaleShift.ts'

/** What the gradient of a training-mode normalisation reads. */
export interface NormSaved {
  /** x − mean, [N, S, S, C]. */
  readonly centred: Tensor4D
  /** 1/√(variance + ε), [C]. */
  readonly inverseDeviation: Tensor1D
}

export interface NormTraining {
  readonly output: Tensor4D
  readonly saved: NormSaved
  readonly mean: Tensor1D
  /** Of the batch, biased: divided by N·S·S. */
  readonly variance: Tensor1D
}

export interface NormGradients {
  readonly input: Tensor4D
  readonly gamma: Tensor1D
  readonly beta: Tensor1D
}

/**
 * Batch normalisation by the batch's own mean and biased variance (Ioffe & Szegedy 2015, algorithm 1), followed by a ReLU where
 * asked: [N, S, S, C], [C], [C] → [N, S, S, C].
 */
export const normTraining = (
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  relu: boolean,
  constants: Constants,
): NormTraining => {
  const [output, centred, inverseDeviation, mean, variance] = tidy(
    (): [Tensor4D, Tensor4D, Tensor1D, Tensor1D, Tensor1D] => {
      const one = channelOnes(gamma.size, constants)
      const mean = channelMeans(x, constants)
      // Two passes: the difference of two large sums would lose the variance's digits.
      const centred = scaleShift(x, one, neg(mean), false)
      const variance = channelMeans(square(centred), constants)
      const inverseDeviation: Tensor1D = rsqrt(add(variance, normEpsilon))
      const output = scaleShift(centred, mul(gamma, inverseDeviation), beta, relu)
      return [output, centred, inverseDeviation, mean, variance]
    },
  )
  return { output, saved: { centred, inverseDeviation }, mean, variance }
}

/** Batch normalisation by given statistics, followed by a ReLU where asked. */
export const normWithStatistics = (
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  mean: Tensor1D,
  variance: Tensor1D,
  relu: boolean,
): Tensor4D =>
  tidy(() => {
    const scale: Tensor1D = mul(gamma, rsqrt(add(variance, normEpsilon)))
    return scaleShift(x, scale, sub(beta, mul(mean, scale)), relu)
  })

/**
 * Gradients of `normTraining` without its ReLU, through mean and variance, in closed form: with x̂ the normalised input and M
 * the number of its values, dx = γ/σ · (dy − Σdy/M − x̂ · Σ(dy·x̂)/M).
 */
export const normGradients = (
  outputGradient: Tensor4D,
  { centred, inverseDeviation }: NormSaved,
  gamma: Tensor1D,
  constants: Constants,
): NormGradients => {
  const count = centred.size / gamma.size
  const [input, dGamma, dBeta] = tidy((): [Tensor4D, Tensor1D, Tensor1D] => {
    const meanGradient = channelMeans(outputGradient, constants)
    // Mean of dy·x̂.
    const meanProduct: Tensor1D = mul(channelMeans(mul(outputGradient, centred), constants), inverseDeviation)
    const scale: Tensor1D = mul(gamma, inverseDeviation)
    const minusScale: Tensor1D = neg(scale)
    const ofGradient = scaleShift(outputGradient, scale, mul(minusScale, meanGradient), false)
    const ofCentred = scaleShift(centred, mul(mul(minusScale, inverseDeviation), meanProduct), null, false)
    const dGamma: Tensor1D = mul(meanProduct, count)
    const dBeta: Tensor1D = mul(meanGradient, count)
    return [add(ofGradient, ofCentred), dGamma, dBeta]
  })
  return { input, gamma: dGamma, beta: dBeta }
}
