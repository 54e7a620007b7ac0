import { limits } from '../../domain/limits.ts'
import { blocksPerStageOf, nearestDepths } from '../../domain/networkSpec.ts'

/** What is wrong with a depth, a sentence; null where nothing is. */
export const depthProblem = (depth: number, reference: number | null): string | null => {
  if (!Number.isInteger(blocksPerStageOf(depth)) || depth < limits.depth.min) {
    const [below, above] = nearestDepths(depth)
    return `Depths are 6n + 2; the nearest are ${below} and ${above}.`
  }
  if (depth > limits.depth.max) return `At most ${limits.depth.max} layers.`
  if (reference !== null && depth <= reference)
    return `Network 1 has ${reference} layers; these must be deeper.`
  return null
}
