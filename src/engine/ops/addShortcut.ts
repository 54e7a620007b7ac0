import { add, mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core'

/** residual + strength · shortcut, strength in (0, 1]. At strength 0 the shortcut is not computed at all: see `activeOperations`. */
export const addShortcut = (residual: Tensor4D, shortcut: Tensor4D, strength: number): Tensor4D =>
  strength === 1 ? add(residual, shortcut) : tidy(() => add(residual, mul(shortcut, strength)))

/** The residual's gradient is the output's own; the shortcut's is scaled by its strength. Both are new tensors. */
export const addShortcutGradients = (
  outputGradient: Tensor4D,
  strength: number,
): { readonly residual: Tensor4D; readonly shortcut: Tensor4D } => ({
  residual: outputGradient.clone(),
  shortcut: strength === 1 ? outputGradient.clone() : mul(outputGradient, strength),
})
