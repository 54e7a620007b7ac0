import type { CurveSpec } from '../../domain/curveSpec.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'

const strengthWord = (strength: number): string => {
  if (strength === 1) return 'on'
  if (strength === 0) return 'off'
  return `at strength ${strength.toFixed(2)}`
}

/** Names an arc for those who hear it: `Shortcut of block 5, stage 1: on`. */
export const arcLabel = (blocks: readonly BlockPlan[], strength: number, mixed: boolean): string => {
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) return ''
  const state = mixed ? 'partly on' : strengthWord(strength)
  return blocks.length === 1
    ? `Shortcut of block ${first.index + 1}, stage ${first.stage}: ${state}`
    : `Shortcuts of blocks ${first.index + 1} to ${last.index + 1}, stage ${first.stage}: ${state}`
}

/** What the block computes now, as the paper writes it (He et al. 2015, eq. 1 and 2). */
export const blockFormula = ({ shortcutPath }: BlockPlan, strength: number): string => {
  if (strength === 0 || shortcutPath === 'none') return 'y = ReLU(F(x))'
  const factor = strength === 1 ? '' : `${strength.toFixed(2)} · `
  switch (shortcutPath) {
    case 'identity':
      return `y = ReLU(F(x) + ${factor}x)`
    case 'subsample-pad':
      return `y = ReLU(F(x) + ${factor}pad(x))`
    case 'projection':
      return `y = ReLU(F(x) + ${factor}BN(Wx))`
    default:
      return shortcutPath satisfies never
  }
}

/** What the shortcut carries, in words. */
export const pathWords = ({ shortcutPath, stride }: BlockPlan): string => {
  switch (shortcutPath) {
    case 'none':
      return 'no shortcut'
    case 'identity':
      return 'identity, no parameters'
    case 'subsample-pad':
      return 'every second pixel, zero channels appended, no parameters'
    case 'projection':
      return stride === 2 ? '1×1 projection, stride 2' : '1×1 projection'
    default:
      return shortcutPath satisfies never
  }
}

/** Second line of a network's name. The story is told by position: a residual net below its plain counterpart is that net plus arcs. */
export const networkSubtitle = (networks: readonly CurveSpec[], index: number): string => {
  const curve = networks[index]
  if (curve === undefined) return ''
  if (curve.shortcut === 'none') return `plain, ${curve.depth} layers`
  const above = networks[index - 1]
  return above?.shortcut === 'none' && above.depth === curve.depth
    ? `the same + shortcut ${curve.shortcut}`
    : `${curve.depth} layers, shortcut ${curve.shortcut}`
}
