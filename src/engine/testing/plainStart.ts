import type { BlockPlan, NetworkPlan } from '../../domain/networkPlan.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { type PlainTensor, plainOf } from './PlainTensor.ts'
import { plainForward } from './plainForward.ts'
import { smallImages, smallSpec } from './smallExperiment.ts'

/** The lab's own sizes. */
export const labSpec = (changes: Partial<NetworkSpec>): NetworkSpec =>
  smallSpec({ width: 8, imageSize: 16, channels: 3, classes: 10, ...changes })

/** What a network computes on noise before its first step, in training mode. */
export interface PlainStart {
  readonly plan: NetworkPlan
  /** What an operation wrote. */
  readonly read: (name: string) => PlainTensor
  /** What a block reads and what it gives on. */
  readonly inputOf: (block: BlockPlan) => PlainTensor
  readonly outputOf: (block: BlockPlan) => PlainTensor
}

/** One network as it starts, by plain loops, all shortcuts on. */
export const plainStart = (spec: NetworkSpec, seed: number, batch = 2): PlainStart => {
  const plan = planLayers(spec)
  const side = spec.imageSize
  const { images } = smallImages(spec, batch, seed)
  const { activations } = plainForward(
    plan,
    initialParameters(plan, seed),
    plainOf([batch, side, side, spec.channels], images),
    plan.blocks.map(() => 1),
    null,
  )
  const read = (name: string): PlainTensor => {
    const tensor = activations.get(name)
    if (tensor === undefined) throw new Error(`Nothing wrote ${name}.`)
    return tensor
  }
  const lastOf = (index: number | null): string =>
    plan.operations.findLast(({ block }, position) =>
      // The stem stands before the first block, the head behind the last.
      index === null ? block === null && plan.operations[position + 1]?.block === 0 : block === index,
    )?.output ?? ''
  return {
    plan,
    read,
    inputOf: ({ index }) => read(lastOf(index === 0 ? null : index - 1)),
    outputOf: ({ index }) => read(lastOf(index)),
  }
}

/** Whether a block's shortcut is x itself. */
export const keepsDimensions = ({
  shortcutPath,
  stride,
  inputChannels,
  outputChannels,
}: BlockPlan): boolean => stride === 1 && inputChannels === outputChannels && shortcutPath !== 'projection'

/** Variance of all values of a tensor together. */
export const varianceOf = ({ values }: PlainTensor): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
