import { depthRange } from '../../domain/depthProblem.ts'
import { type BlockType, blocksInEvenStage, depthForm, nearestDepths } from '../../domain/networkSpec.ts'

/** What is wrong with a depth in three equal stages of such blocks, a sentence; null where nothing is. */
export const depthProblem = (
  blocks: readonly BlockType[],
  depth: number,
  reference: number | null,
): string | null => {
  for (const block of blocks) {
    const inStage = blocksInEvenStage(block, depth)
    if (!Number.isInteger(inStage) || inStage < 1) {
      const [below, above] = nearestDepths(block, depth)
      const whose = blocks.length > 1 ? `, with ${block} blocks,` : ''
      return `Depths are ${depthForm(block)}${whose}; the nearest are ${below} and ${above}.`
    }
    const { max } = depthRange(block)
    if (depth > max) return `At most ${max} layers.`
  }
  if (reference !== null && depth <= reference)
    return `The shallow network has ${reference} layers; these must be deeper.`
  return null
}
