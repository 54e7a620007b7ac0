import type { NamedNetwork } from '../../domain/architecturesCompared.ts'
import { shortcutWords } from '../../domain/curveWords.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'

/** What the folded drawing shows, for those who do not see it. */
export const drawingText = ({ title, table, plan }: NamedNetwork): string => {
  const stages = table.rows.filter(({ kind }) => kind === 'stage')
  const paths = new Set(stages.flatMap(({ blocks }) => blocks.map(({ shortcutPath }) => shortcutPath)))
  const counts = stages.map(({ blocks }) => blocks.length).join(', ')
  const sign = shortcutSign(plan.spec.shortcut)
  const words = [...[...paths].map(pathWords), sign?.words ?? null].filter((part) => part !== null)
  const shortcuts = paths.has('none') ? 'no shortcuts' : `a shortcut past every block: ${words.join(', ')}`
  return `${title} is drawn from its first convolution to its dense layer, in stages of ${counts} blocks, with ${shortcuts}.`
}

/** What a path is called beside a drawing; null where there is none. */
export const pathWords = (path: BlockPlan['shortcutPath']): string | null => {
  switch (path) {
    case 'none':
      return null
    case 'identity':
      return 'identity'
    case 'subsample-pad':
      return 'zeros appended'
    case 'projection':
      return '1×1 projection'
    default:
      return path satisfies never
  }
}

/** The letter on the arcs where something acts on what they carry, and its meaning; null where nothing does. */
export const shortcutSign = (
  shortcut: ShortcutType,
): { readonly letter: string; readonly words: string } | null => {
  switch (shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return null
    case 'scaled':
      return { letter: 'λ', words: shortcutWords.scaled }
    case 'exclusive-gate':
    case 'shortcut-gate':
      return { letter: 'g', words: shortcutWords[shortcut] }
    case 'dropout':
      return { letter: 'd', words: shortcutWords.dropout }
    default:
      return shortcut satisfies never
  }
}
