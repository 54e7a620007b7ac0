import type { NamedNetwork } from '../../domain/architecturesCompared.ts'
import type { BlockPlan } from '../../domain/networkPlan.ts'

/** What the folded drawing shows, for those who do not see it. */
export const drawingText = ({ title, table }: NamedNetwork): string => {
  const stages = table.rows.filter(({ kind }) => kind === 'stage')
  const paths = new Set(stages.flatMap(({ blocks }) => blocks.map(({ shortcutPath }) => shortcutPath)))
  const counts = stages.map(({ blocks }) => blocks.length).join(', ')
  const words = [...paths].map(pathWords).filter((path) => path !== null)
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
