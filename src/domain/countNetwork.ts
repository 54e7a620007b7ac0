import type { NetworkPlan, Operation } from './networkPlan.ts'
import { parametersOf, sizeOf } from './parameters.ts'

export interface NetworkCounts {
  /** Trainable numbers. */
  readonly parameters: number
  /** Multiply-adds of convolutions and the dense layer, one image, forward. */
  readonly multiplyAdds: number
}

/** Parameters and multiply-adds as the papers count them: convolutions and the dense layer only for the latter. */
export const countNetwork = (plan: NetworkPlan): NetworkCounts => {
  const parameters = parametersOf(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  let multiplyAdds = 0
  for (const operation of plan.operations) {
    if (operation.kind === 'conv')
      multiplyAdds +=
        operation.outputSide ** 2 *
        operation.kernelSize ** 2 *
        (operation.inputChannels / operation.groups) *
        operation.outputChannels
    if (operation.kind === 'dense') multiplyAdds += operation.inputChannels * operation.outputChannels
  }
  return { parameters, multiplyAdds }
}

/** Multiply-adds of one image, forward, as the engine computes them: a grouped convolution as one whose kernel is 0 between groups. */
const computedMultiplyAdds = (plan: NetworkPlan): number =>
  countNetwork({ ...plan, operations: plan.operations.map(withoutGroups) }).multiplyAdds

const withoutGroups = (operation: Operation): Operation =>
  operation.kind === 'conv' ? { ...operation, groups: 1 } : operation

/**
 * Floating-point operations of one training step on this lab's engine: forward, and a backward pass that costs two forwards, each
 * multiply-add counted as two.
 */
export const trainingStepFlops = (plan: NetworkPlan, batchSize: number): number =>
  6 * computedMultiplyAdds(plan) * batchSize
