import { type CurveSpec, optionsOf } from './curveSpec.ts'
import { limits, type Range } from './limits.ts'
import {
  type BlockType,
  blocksInEvenStage,
  depthForm,
  depthOf,
  depthStride,
  layersPerBlock,
  nearestDepths,
} from './networkSpec.ts'

/** The depths of three equal stages that the lab accepts: 8 to 1202 with basic blocks, 11 to 1199 with three-layer ones. */
export const depthRange = (block: BlockType): Range => {
  const stride = depthStride(block)
  return {
    min: Math.max(limits.depth.min, stride + 2),
    max: Math.floor((limits.depth.max - 2) / stride) * stride + 2,
  }
}

/** What is wrong with a curve's depth and stages, a sentence; null where nothing is. */
export const depthProblem = (curve: Pick<CurveSpec, 'depth' | 'block' | 'stages'>): string | null => {
  const { depth, stages } = curve
  const { block } = optionsOf({ shortcut: 'none', ...curve })
  if (stages !== undefined) return stagesProblem(depth, block, stages)
  const { min, max } = depthRange(block)
  const rule = `Depth must be of the form ${depthForm(block)}${block === 'basic' ? '' : ' with three-layer blocks'}, from ${min} to ${max}`
  if (depth < min || depth > max) return `${rule}; ${depth} is outside.`
  if (Number.isInteger(blocksInEvenStage(block, depth))) return null
  const [below, above] = nearestDepths(block, depth)
  return `${rule}; the nearest to ${depth} are ${below} and ${above}.`
}

const stagesProblem = (depth: number, block: BlockType, stages: readonly number[]): string | null => {
  const real = depthOf(block, stages)
  if (real > limits.depth.max)
    return `Stages of ${stages.join(', ')} blocks make ${real} layers; at most ${limits.depth.max} are possible.`
  return depth === real
    ? null
    : `Stages of ${stages.join(', ')} blocks with ${layersPerBlock(block)} layers each make a depth of ${real}, not ${depth}.`
}
