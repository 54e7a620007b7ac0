import { blocksPerStageOf, type CurveSpec, optionsOf } from '../../domain/curveSpec.ts'
import {
  batchNormWords,
  blockPhrase,
  curveWords,
  initialisationWords,
  orderWords,
  shortcutPhrase,
} from '../../domain/curveWords.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'
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

/** What makes a network of the one above it; null where more differs than can be said so. */
const differenceFrom = (above: CurveSpec, curve: CurveSpec): string | null => {
  if (above.depth !== curve.depth || blocksPerStageOf(above).join() !== blocksPerStageOf(curve).join())
    return null
  if (curve.shortcut === 'none' && above.shortcut !== 'none') return null
  const before = phrasesOf(above)
  const changes = phrasesOf(curve).flatMap((phrase, part) =>
    phrase === before[part] ? [] : [{ phrase, part }],
  )
  if (changes.length === 0) return null
  const usual = phrasesOf({ depth: curve.depth, shortcut: 'none' })
  const adds = changes.every(({ part }) => before[part] === usual[part])
  return `the same ${adds ? '+' : 'with'} ${changes.map(({ phrase }) => phrase).join(', ')}`
}

/** What a network is besides its depth, each part in its place, those at their default too. */
const phrasesOf = (curve: CurveSpec): readonly string[] => {
  const { order, batchNorm, initialisation } = optionsOf(curve)
  return [
    shortcutName(curve),
    blockPhrase(curve),
    orderWords[order],
    batchNormWords(batchNorm),
    initialisationWords[initialisation],
  ]
}
