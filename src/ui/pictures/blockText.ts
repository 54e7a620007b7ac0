import { blocksPerStageOf, type CurveSpec } from '../../domain/curveSpec.ts'
import { curveWords, shortcutPhrase } from '../../domain/curveWords.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import type { NetworkPart } from './blockPieces.ts'

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

/** Names the button that opens the close-up of a part, for those who hear it. */
export const partLabel = (part: NetworkPart, blocks: readonly BlockPlan[]): string => {
  if (part === 'stem') return 'Before the first block'
  if (part === 'head') return 'After the last block'
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) return ''
  return first === last
    ? `Inside block ${first.index + 1}, stage ${first.stage}`
    : `Inside blocks ${first.index + 1} to ${last.index + 1}, stage ${first.stage}`
}

/** Heads a close-up: `block 10, stage 2`. */
export const partName = (part: NetworkPart, blocks: readonly BlockPlan[]): string => {
  if (part === 'stem') return 'before the first block'
  if (part === 'head') return 'after the last block'
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) return ''
  const name =
    first === last ? `block ${first.index + 1}` : `blocks ${first.index + 1} to ${last.index + 1}, each`
  return `${name}, stage ${first.stage}`
}

/** What the shortcut carries, in words. */
export const pathWords = ({ shortcut }: NetworkSpec, block: BlockPlan): string => {
  const carried = carriedWords(block)
  switch (shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return carried
    case 'scaled':
      return `${carried}; both ways scaled`
    case 'exclusive-gate':
      return `${carried}; a gate shares between F and x`
    case 'shortcut-gate':
      return `${carried}; a gate on x`
    case 'dropout':
      return `${carried}; dropout`
    default:
      return shortcut satisfies never
  }
}

const carriedWords = ({ shortcutPath, stride }: BlockPlan): string => {
  switch (shortcutPath) {
    case 'none':
      return 'no shortcut'
    case 'identity':
      return 'identity, no parameters'
    case 'subsample-pad':
      return stride === 2
        ? 'every second pixel, zero channels appended, no parameters'
        : 'zero channels appended, no parameters'
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
  const above = networks[index - 1]
  return (above === undefined ? null : differenceFrom(above, curve)) ?? whole(curve)
}

const whole = (curve: CurveSpec): string => {
  const [, ...others] = curveWords(curve)
  const start =
    curve.shortcut === 'none'
      ? ['plain', `${curve.depth} layers`]
      : [`${curve.depth} layers`, shortcutName(curve)]
  return [...start, ...others].join(', ')
}

const shortcutName = (curve: CurveSpec): string =>
  ['A', 'B', 'C'].includes(curve.shortcut) ? `shortcut ${curve.shortcut}` : shortcutPhrase(curve)

/** What makes a network of the one above it; null where they are not the same but for that, or are the same. */
const differenceFrom = (above: CurveSpec, curve: CurveSpec): string | null => {
  if (above.depth !== curve.depth || blocksPerStageOf(above).join() !== blocksPerStageOf(curve).join())
    return null
  const [, ...aboveOthers] = curveWords(above)
  const [, ...others] = curveWords(curve)
  if (aboveOthers.some((phrase) => !others.includes(phrase))) return null
  const added = others.filter((phrase) => !aboveOthers.includes(phrase))
  if (shortcutPhrase(above) === shortcutPhrase(curve))
    return added.length === 0 ? null : `the same + ${added.join(', ')}`
  if (curve.shortcut === 'none') return null
  const joint = above.shortcut === 'none' ? '+' : 'with'
  return [`the same ${joint} ${shortcutName(curve)}`, ...added].join(', ')
}
