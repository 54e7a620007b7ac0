import { add, mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core'
import type { AddOperation } from '../../domain/networkPlan.ts'

/** Factors of residual and shortcut at full strength. */
export type AdditionScales = Pick<AddOperation, 'residualScale' | 'shortcutScale'>

/**
 * (1 + strength · (residualScale − 1)) · residual + strength · shortcutScale · shortcut, strength in (0, 1]. At strength 0 the
 * shortcut is not computed at all: see `activeOperations`.
 */
export const addShortcut = (
  residual: Tensor4D,
  shortcut: Tensor4D,
  scales: AdditionScales,
  strength: number,
): Tensor4D => {
  const factors = factorsAt(scales, strength)
  return tidy(() => add(scaled(residual, factors.residual), scaled(shortcut, factors.shortcut)))
}

/** Each gradient is the output's own times its factor. Both are new tensors. */
export const addShortcutGradients = (
  outputGradient: Tensor4D,
  scales: AdditionScales,
  strength: number,
): { readonly residual: Tensor4D; readonly shortcut: Tensor4D } => {
  const factors = factorsAt(scales, strength)
  return {
    residual: scaled(outputGradient, factors.residual),
    shortcut: scaled(outputGradient, factors.shortcut),
  }
}

const factorsAt = (
  { residualScale, shortcutScale }: AdditionScales,
  strength: number,
): { readonly residual: number; readonly shortcut: number } => ({
  residual: 1 + strength * (residualScale - 1),
  shortcut: strength * shortcutScale,
})

const scaled = (x: Tensor4D, factor: number): Tensor4D => (factor === 1 ? x.clone() : mul(x, factor))
