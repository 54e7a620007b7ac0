import { type PlainTensor, plainZeros, sidesOf, valueAt } from './PlainTensor.ts'

/**
 * Ŵ = diag(a)·I + diag(b)·W/‖W‖ of an HWIO kernel, a and b by output channel, ‖W‖ over each output channel's own weights
 * (Zagoruyko & Komodakis 2017, eq. 3 to 5).
 */
export const plainDiracKernel = (
  weights: PlainTensor,
  identity: PlainTensor,
  scale: PlainTensor,
  groups = 1,
): PlainTensor => {
  const [rows, columns, groupInputs, outputs] = sidesOf(weights)
  const centre = Math.floor(rows / 2) * columns + Math.floor(columns / 2)
  const groupOutputs = outputs / groups
  const kernel = plainZeros(weights.shape)
  for (let o = 0; o < outputs; o++) {
    let squared = 0
    for (let i = o; i < weights.values.length; i += outputs) squared += valueAt(weights.values, i) ** 2
    for (let i = o; i < weights.values.length; i += outputs)
      kernel.values[i] = (valueAt(scale.values, o) * valueAt(weights.values, i)) / Math.sqrt(squared)
    // Channel i of a group goes on as channel i of the same group, where there is one.
    const channel = o % groupOutputs
    if (channel >= groupInputs) continue
    const at = (centre * groupInputs + channel) * outputs + o
    kernel.values[at] = valueAt(kernel.values, at) + valueAt(identity.values, o)
  }
  return kernel
}

/** From the gradient of Ŵ those of W, a and b: with u = W/‖W‖ by output channel, da = Σ g·I, db = Σ g·u, dW = b/‖W‖ · (g − u · db). */
export const plainDiracGradients = (
  weights: PlainTensor,
  scale: PlainTensor,
  ofKernel: PlainTensor,
  groups = 1,
): { readonly weights: PlainTensor; readonly identity: PlainTensor; readonly scale: PlainTensor } => {
  const [rows, columns, groupInputs, outputs] = sidesOf(weights)
  const centre = Math.floor(rows / 2) * columns + Math.floor(columns / 2)
  const ofWeights = plainZeros(weights.shape)
  const [ofIdentity, ofScale] = [plainZeros([outputs]), plainZeros([outputs])]
  for (let o = 0; o < outputs; o++) {
    let squared = 0
    let product = 0
    for (let i = o; i < weights.values.length; i += outputs) {
      squared += valueAt(weights.values, i) ** 2
      product += valueAt(weights.values, i) * valueAt(ofKernel.values, i)
    }
    const norm = Math.sqrt(squared)
    ofScale.values[o] = product / norm
    for (let i = o; i < weights.values.length; i += outputs)
      ofWeights.values[i] =
        (valueAt(scale.values, o) / norm) *
        (valueAt(ofKernel.values, i) - (valueAt(weights.values, i) * product) / squared)
    const channel = o % (outputs / groups)
    if (channel < groupInputs)
      ofIdentity.values[o] = valueAt(ofKernel.values, (centre * groupInputs + channel) * outputs + o)
  }
  return { weights: ofWeights, identity: ofIdentity, scale: ofScale }
}
