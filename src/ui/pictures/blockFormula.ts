import type { BlockPlan } from '../../domain/networkPlan.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'

/** A factor before a term; 1 is not written. */
const times = (factor: string, term: string): string => (factor === '' ? term : `${factor} · ${term}`)

/** A number that stands in the network's description, as it is written there. */
export const plainNumber = (value: number): string => String(value).replace('-', '−')

/** A factor that moves with a fade, or the constant at its end. */
const fading = (atRest: number, now: number, strength: number): string => {
  if (strength !== 1) return now.toFixed(2)
  return atRest === 1 ? '' : plainNumber(atRest)
}

/** What F computes, by its name: with SkipInit a learned number stands before it. */
export const residualTerm = ({ initialisation }: NetworkSpec): string =>
  initialisation === 'skipinit' ? 'α · F(x)' : 'F(x)'

/** What the shortcut brings to the addition, before it is scaled or gated. */
export const shortcutTerm = (spec: NetworkSpec, { shortcutPath }: BlockPlan): string => {
  const carried = carriedTerm(spec, shortcutPath)
  return spec.shortcut === 'dropout' ? `dropout(${carried})` : carried
}

const carriedTerm = ({ order, batchNorm }: NetworkSpec, path: BlockPlan['shortcutPath']): string => {
  switch (path) {
    case 'none':
    case 'identity':
      return 'x'
    case 'subsample-pad':
      return 'pad(x)'
    case 'projection':
      if (order === 'full-preact') return batchNorm ? 'W · ReLU(BN(x))' : 'W · ReLU(x)'
      return batchNorm ? 'BN(Wx)' : 'Wx'
    default:
      return path satisfies never
  }
}

/** F with its factor, where it has one (`AddOperation` and `GatedAddOperation` say how a strength moves it). */
export const scaledResidual = (spec: NetworkSpec, strength: number): string => {
  const term = residualTerm(spec)
  if (strength === 0) return term
  switch (spec.shortcut) {
    case 'scaled': {
      const { residualScale } = spec
      // Without a scale of its own, F has no factor to fade.
      if (residualScale === 1) return term
      return times(fading(residualScale, 1 + strength * (residualScale - 1), strength), term)
    }
    case 'exclusive-gate':
      return strength === 1
        ? `g · ${term}`
        : `(${(1 - strength).toFixed(2)} + ${strength.toFixed(2)} · g) · ${term}`
    case 'none':
    case 'A':
    case 'B':
    case 'C':
    case 'shortcut-gate':
    case 'dropout':
      return term
    default:
      return spec.shortcut satisfies never
  }
}

/** What the shortcut adds, with its factors; null where it adds nothing. */
export const scaledShortcut = (spec: NetworkSpec, block: BlockPlan, strength: number): string | null => {
  if (strength === 0 || spec.shortcut === 'none') return null
  const term = shortcutTerm(spec, block)
  switch (spec.shortcut) {
    case 'scaled':
      return times(fading(spec.shortcutScale, strength * spec.shortcutScale, strength), term)
    case 'exclusive-gate':
    case 'shortcut-gate':
      return times(fading(1, strength, strength), `(1 − g) · ${term}`)
    case 'A':
    case 'B':
    case 'C':
    case 'dropout':
      return times(fading(1, strength, strength), term)
    default:
      return spec.shortcut satisfies never
  }
}

/** F and the shortcut as they meet, at this strength. */
export const sumFormula = (spec: NetworkSpec, block: BlockPlan, strength: number): string => {
  const shortcut = scaledShortcut(spec, block, strength)
  const residual = scaledResidual(spec, strength)
  return shortcut === null ? residual : `${residual} + ${shortcut}`
}

/** What the block computes at this strength, as the papers write it (He et al. 2015, eq. 1 and 2; He et al. 2016, figure 4). */
export const blockFormula = (spec: NetworkSpec, block: BlockPlan, strength: number): string => {
  const sum = sumFormula(spec, block, strength)
  switch (spec.order) {
    case 'original':
      return `y = ReLU(${sum})`
    case 'bn-after-add':
      return spec.batchNorm ? `y = ReLU(BN(${sum}))` : `y = ReLU(${sum})`
    case 'relu-before-add':
    case 'relu-only-preact':
    case 'full-preact':
      return `y = ${sum}`
    default:
      return spec.order satisfies never
  }
}
