import type { BlockPlan } from '../../domain/networkPlan.ts'
import { blockFormula, pathWords } from './blockText.ts'

/** What a block is and computes now, beside the arc that is pointed at. Its facts are also in the arc's label. */
export const BlockNote = ({
  blocks,
  strength,
  action,
  left,
  limit,
  top,
}: {
  blocks: readonly BlockPlan[]
  strength: number
  /** What a click does. */
  action: string
  left: number
  /** Width of the drawing: the note stays inside. */
  limit: number
  top: number
}) => {
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) return null
  const name =
    first === last ? `Block ${first.index + 1}` : `Blocks ${first.index + 1} to ${last.index + 1}, each`
  const side = left < limit / 2 ? { left: Math.max(0, left) } : { right: Math.max(0, limit - left) }
  return (
    <div className="pictures-note" aria-hidden="true" style={{ ...side, top }}>
      <b>
        {name} · stage {first.stage}
      </b>
      <span className="pictures-formula">{blockFormula(first, strength)}</span>
      <span>
        F: 3×3, {first.inputChannels} to {first.outputChannels} channels, then 3×3, {first.outputChannels} to{' '}
        {first.outputChannels}
      </span>
      <span>
        shortcut: {pathWords(first)}; strength {strength.toFixed(2)}
      </span>
      <span className="pictures-action">{action}</span>
    </div>
  )
}
