import type { SeriesStore } from '../../state/lab.ts'
import type { PanelFacts } from './CloseUpPanel.tsx'
import { pathWords } from './closeUpText.ts'
import { pieceText } from './pieceText.ts'
import { useBlockStrength } from './useBlockStrength.ts'

/** Explains the piece that is pointed at. The pieces say the same to a screen reader. */
export const PieceLine = ({
  facts: { part, figure, plan, ramps, blocks },
  piece: id,
  series,
  showsRun,
}: {
  facts: PanelFacts
  piece: string
  series: SeriesStore
  showsRun: boolean
}) => {
  const strength = useBlockStrength(series, ramps, showsRun, blocks)
  const piece = figure.pieces.find((placed) => placed.piece.id === id)?.piece
  if (piece === undefined) return null
  const block = typeof part === 'number' ? (plan.blocks[part] ?? null) : null
  const { name, formula, words, paper } = pieceText(plan, block, piece, strength)
  return (
    <>
      <b>{name}</b> <span className="closeup-formula">{formula}</span> {words}{' '}
      <span className="closeup-paper">({paper})</span>
    </>
  )
}

/** What can be done, while no piece is pointed at. */
export const restWords = (panel: PanelFacts | undefined, isPinned: boolean, live: boolean): string => {
  if (isPinned) return 'Point at a piece to see what it is, or at another block to see it beside this one.'
  const stay = 'Click the block to keep this open, then point at its pieces.'
  const block = typeof panel?.part === 'number' ? panel.plan.blocks[panel.part] : undefined
  if (panel === undefined || block === undefined) return stay
  const turnsOn = panel.ramps[block.index]?.to === 0
  const when = live ? 'at the next step' : 'from step 0 of the next run'
  return `Shortcut: ${pathWords(panel.plan.spec, block)}. Its arc switches it ${turnsOn ? 'on' : 'off'}, ${when}. ${stay}`
}
