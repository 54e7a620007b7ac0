import { type CurveSpec, optionsOf } from './curveSpec.ts'
import type { NetworkOptions } from './networkSpec.ts'

/**
 * Why a combination of block, order, shortcut, batch norm and initialisation is not trained, a sentence: it is another one by another
 * name, or nothing in it could learn. Null where it is meaningful.
 */
export const curveProblem = (curve: CurveSpec): string | null => {
  const options = optionsOf(curve)
  return orderProblem(options) ?? initialisationProblem(options, curve.shortcut === 'none')
}

const orderProblem = ({ order, batchNorm }: NetworkOptions): string | null => {
  if (batchNorm) return null
  if (order === 'bn-after-add')
    return 'Without batch norm there is none to put after the addition; take the original order.'
  if (order === 'full-preact')
    return 'Without batch norm, full pre-activation comes to ReLU-only pre-activation; take that order.'
  return null
}

const initialisationProblem = (
  { order, batchNorm, initialisation }: NetworkOptions,
  isPlain: boolean,
): string | null => {
  switch (initialisation) {
    case 'he':
    case 'dirac':
      return null
    case 'skipinit':
      return isPlain
        ? 'SkipInit starts every F at 0; without shortcuts nothing would pass, so the network could not learn.'
        : null
    case 'zero-gamma':
      if (isPlain)
        return 'Zero last gamma starts every F at 0; without shortcuts nothing would pass, so the network could not learn.'
      if (!batchNorm)
        return 'Zero last gamma is about the last batch norm of each block, and this network has none; SkipInit needs none.'
      return lastNormProblem(order)
    default:
      return initialisation satisfies never
  }
}

/** Gamma can leave 0 only where its batch norm ends F. */
const lastNormProblem = (order: NetworkOptions['order']): string | null => {
  switch (order) {
    case 'original':
    case 'relu-only-preact':
      return null
    case 'bn-after-add':
      return 'Zero last gamma needs F to end in batch norm; with batch norm after the addition it ends in a convolution.'
    case 'relu-before-add':
    case 'full-preact':
      return 'Zero last gamma needs F to end in batch norm; in this order a ReLU follows it, which passes no gradient at 0, so F would stay 0.'
    default:
      return order satisfies never
  }
}
