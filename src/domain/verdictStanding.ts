import { gapEstimate, isClear } from './comparison.ts'
import { curveLabel } from './curveLabel.ts'
import type { VerdictContext } from './verdictContext.ts'
import { gapText, listText } from './verdictWords.ts'

/**
 * Which network trains best where the experiment has no plain network with a partner, and which of the others this run cannot tell from
 * it. Empty where a switch made networks into others than their names say.
 */
export const standingText = ({ everyNetwork, points, changes }: VerdictContext): string => {
  if (changes.length > 0) return ''
  const [lowest, ...others] = [...everyNetwork].sort((a, b) => a.error.mean - b.error.mean)
  if (lowest === undefined) return ''
  const name = curveLabel(lowest.curve)
  const gaps = others.map((other) => ({ other, gap: gapEstimate(points, other.index, lowest.index) }))
  const alike = gaps.filter(({ gap }) => !isClear(gap)).map(({ other }) => curveLabel(other.curve))
  const nearest = gaps[0]
  if (alike.length === 0 && nearest !== undefined)
    return `${name} is lowest, below ${curveLabel(nearest.other.curve)} by ${gapText(nearest.gap)}; 1 seed.`
  return alike.length === others.length
    ? `They cannot be told apart; 1 seed.`
    : `${name} is lowest, but cannot be told apart from ${listText(alike)}; 1 seed.`
}
