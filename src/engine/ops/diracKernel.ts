import {
  add,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor1D,
  type Tensor4D,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core'
import { channelMeans } from './channelMeans.ts'
import type { Constants } from './constants.ts'
import { scaleShift } from './scaleShift.ts'

/** What a Dirac-parameterised kernel is made of. */
export interface DiracParameters {
  /** W, [k, k, I, O], I per group. */
  readonly weights: Tensor4D
  /** a, [O]. */
  readonly identity: Tensor1D
  /** b, [O]. */
  readonly scale: Tensor1D
}

/** diag(a) · I + diag(b) · W/‖W‖ (Zagoruyko & Komodakis 2017, eq. 3 to 5): [k, k, I, O]. */
export const diracKernel = (
  { weights, identity, scale }: DiracParameters,
  groups: number,
  constants: Constants,
): Tensor4D =>
  tidy(() => {
    const byOutput = flattened(weights)
    const learned = scaleShift(byOutput, mul(scale, inverseNorms(byOutput, constants)), null, false)
    const passed = scaleShift(identityKernel(weights.shape, groups, constants), identity, null, false)
    return reshape(add(learned, passed), weights.shape)
  })

/** With u = W/‖W‖ and g the kernel's gradient, by output channel: da = Σ g·I, db = Σ g·u, dW = b/‖W‖ · (g − u · db). */
export const diracGradients = (
  kernelGradient: Tensor4D,
  { weights, scale }: Omit<DiracParameters, 'identity'>,
  groups: number,
  constants: Constants,
): DiracParameters => {
  const [ofWeights, ofIdentity, ofScale] = tidy((): [Tensor4D, Tensor1D, Tensor1D] => {
    const byOutput = flattened(weights)
    const gradient = flattened(kernelGradient)
    const inverse = inverseNorms(byOutput, constants)
    const unit = scaleShift(byOutput, inverse, null, false)
    const ofIdentity = channelSums(mul(gradient, identityKernel(weights.shape, groups, constants)), constants)
    const ofScale = channelSums(mul(gradient, unit), constants)
    const across: Tensor4D = sub(gradient, scaleShift(unit, ofScale, null, false))
    const ofWeights: Tensor4D = reshape(scaleShift(across, mul(scale, inverse), null, false), weights.shape)
    return [ofWeights, ofIdentity, ofScale]
  })
  return { weights: ofWeights, identity: ofIdentity, scale: ofScale }
}

/** [k, k, I, O] as [1, k·k·I, 1, O]: the ops by channel then treat each output channel's weights as its pixels. */
const flattened = (kernel: Tensor4D): Tensor4D => {
  const outputs = kernel.shape[3]
  return reshape(kernel, [1, kernel.size / outputs, 1, outputs])
}

const channelSums = (x: Tensor4D, constants: Constants): Tensor1D =>
  mul(channelMeans(x, constants), x.size / x.shape[3])

const inverseNorms = (byOutput: Tensor4D, constants: Constants): Tensor1D =>
  rsqrt(channelSums(square(byOutput), constants))

/** The kernel that passes channel i of each group on as channel i; flattened. */
const identityKernel = (
  [rows, columns, inputs, outputs]: Tensor4D['shape'],
  groups: number,
  constants: Constants,
): Tensor4D =>
  constants.tensor(`identity-kernel/${rows}/${columns}/${inputs}/${outputs}/${groups}`, () => {
    const kernel = new Float32Array(rows * columns * inputs * outputs)
    const centre = Math.floor(rows / 2) * columns + Math.floor(columns / 2)
    const groupOutputs = outputs / groups
    for (let group = 0; group < groups; group++)
      for (let channel = 0; channel < Math.min(inputs, groupOutputs); channel++)
        kernel[(centre * inputs + channel) * outputs + group * groupOutputs + channel] = 1
    return tensor4d(kernel, [1, rows * columns * inputs, 1, outputs])
  })
