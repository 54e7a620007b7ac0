import { add, mul, sub, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import { channelOnes } from './channelOnes.ts'
import type { Constants } from './constants.ts'
import { scaleShift } from './scaleShift.ts'

export interface GatedAddInputs {
  readonly residual: Tensor4D
  readonly shortcut: Tensor4D
  /** In (0, 1), of the same shape. */
  readonly gate: Tensor4D
}

/**
 * residual + strength · (1 − gate) · (shortcut − residual) where the gate is exclusive, else residual + strength · (1 − gate) ·
 * shortcut (He et al. 2016, section 3.1), strength in (0, 1]. At strength 0 neither gate nor shortcut is computed at all.
 */
export const gatedAdd = (
  { residual, shortcut, gate }: GatedAddInputs,
  isExclusive: boolean,
  strength: number,
  constants: Constants,
): Tensor4D =>
  tidy(() => {
    const carried: Tensor4D = isExclusive ? sub(shortcut, residual) : shortcut
    return add(residual, mul(openness(gate, strength, constants), carried))
  })

/** Gradients of the three inputs, each a new tensor. `residual` is read only where the gate is exclusive. */
export const gatedAddGradients = (
  outputGradient: Tensor4D,
  { residual, shortcut, gate }: Omit<GatedAddInputs, 'residual'> & { readonly residual: Tensor4D | null },
  strength: number,
  constants: Constants,
): GatedAddInputs => {
  const [ofResidual, ofShortcut, ofGate] = tidy((): [Tensor4D, Tensor4D, Tensor4D] => {
    const passed: Tensor4D = mul(outputGradient, openness(gate, strength, constants))
    const carried: Tensor4D = residual === null ? shortcut : sub(shortcut, residual)
    const minusStrength: Tensor1D = mul(channelOnes(gate.shape[3], constants), -strength)
    const ofGate: Tensor4D = mul(outputGradient, scaleShift(carried, minusStrength, null, false))
    const ofResidual: Tensor4D = residual === null ? outputGradient.clone() : sub(outputGradient, passed)
    return [ofResidual, passed, ofGate]
  })
  return { residual: ofResidual, shortcut: ofShortcut, gate: ofGate }
}

/** strength · (1 − gate). */
const openness = (gate: Tensor4D, strength: number, constants: Constants): Tensor4D => {
  const one = channelOnes(gate.shape[3], constants)
  return scaleShift(gate, mul(one, -strength), mul(one, strength), false)
}
