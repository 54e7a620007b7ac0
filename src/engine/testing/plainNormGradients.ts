import { type PlainTensor, plainOf, plainZeros, sidesOf, valueAt } from './PlainTensor.ts'
import { plainMoments } from './plainOps.ts'

/**
 * Gradients of Σ y · gradient, y being x normalised by its own mean and variance: with x̂ the normalised input and M the number of its
 * values, dx = γ/σ · (dy − Σdy/M − x̂ · Σ(dy · x̂)/M) (Ioffe & Szegedy 2015, section 3).
 */
export const plainNormGradients = (
  x: PlainTensor,
  gamma: PlainTensor,
  gradient: PlainTensor,
): { readonly input: PlainTensor; readonly gamma: PlainTensor; readonly beta: PlainTensor } => {
  const [, , , channels] = sidesOf(x)
  const count = x.values.length / channels
  const { mean, variance } = plainMoments(x)
  const inverse = variance.values.map((value) => 1 / Math.sqrt(value + 1e-5))
  const hat = x.values.map(
    (value, i) => (value - valueAt(mean.values, i % channels)) * valueAt(inverse, i % channels),
  )
  const ofGamma = plainZeros([channels])
  const ofBeta = plainZeros([channels])
  gradient.values.forEach((dy, i) => {
    const channel = i % channels
    ofGamma.values[channel] = valueAt(ofGamma.values, channel) + dy * valueAt(hat, i)
    ofBeta.values[channel] = valueAt(ofBeta.values, channel) + dy
  })
  const input = gradient.values.map((dy, i) => {
    const channel = i % channels
    const shared = valueAt(ofBeta.values, channel) + valueAt(hat, i) * valueAt(ofGamma.values, channel)
    return valueAt(gamma.values, channel) * valueAt(inverse, channel) * (dy - shared / count)
  })
  return { input: plainOf(x.shape, input), gamma: ofGamma, beta: ofBeta }
}
