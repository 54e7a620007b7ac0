import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { blockPieces, type NetworkPart } from './blockPieces.ts'
import { type Figure, layoutFigure } from './figureLayout.ts'
import type { Box } from './useBox.ts'

const known = new WeakMap<NetworkPlan, Map<string, Figure>>()

/** The drawing of one part: from left to right where that fits into `room` pixels, else upright. The same object while nothing differs. */
export const figureOf = (
  plan: NetworkPlan,
  part: NetworkPart,
  { scale, tinyText }: Pick<Box, 'scale' | 'tinyText'>,
  room: number,
): Figure => {
  const figures = known.get(plan) ?? new Map<string, Figure>()
  known.set(plan, figures)
  const key = `${part} ${scale} ${tinyText} ${room}`
  const drawn = figures.get(key)
  if (drawn !== undefined) return drawn
  const pieces = blockPieces(plan, part)
  const lying = layoutFigure(part, pieces, { scale, tinyText, vertical: false })
  const figure = lying.width <= room ? lying : layoutFigure(part, pieces, { scale, tinyText, vertical: true })
  figures.set(key, figure)
  return figure
}
