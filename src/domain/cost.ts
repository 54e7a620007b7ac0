import { countNetwork, trainingStepFlops } from './countNetwork.ts'
import { curveLabel } from './curveLabel.ts'
import { type ExperimentSpec, networkSpecOf } from './experimentSpec.ts'
import type { ConvOperation, NetworkPlan } from './networkPlan.ts'
import { planLayers } from './planLayers.ts'

export interface NetworkCost {
  readonly label: string
  /** Trainable numbers. */
  readonly parameters: number
  /** Floating-point operations of one training step, as the engine computes it. */
  readonly stepFlops: number
}

/** What an experiment asks of a device. */
export interface ExperimentCost {
  readonly networks: readonly NetworkCost[]
  readonly parameters: number
  /** Of one step of every network. */
  readonly stepFlops: number
  /** Of the whole run, evaluations left out. */
  readonly totalFlops: number
  /** A rough upper guess of what the images, the networks and one network's activations take, bytes. */
  readonly memoryBytes: number
}

const bytesPerNumber = 4
/** Value, gradient and momentum. */
const copiesOfParameters = 3
/** What is kept for the backward pass, and as much again for its gradients. */
const copiesOfActivations = 2

export const costOf = (spec: ExperimentSpec): ExperimentCost => {
  const { dataset, recipe } = spec
  let parameters = 0
  let stepFlops = 0
  let activations = 0
  let madeKernels = 0
  let largestKernel = 0
  const constants = new Map<string, number>()
  const networks = spec.networks.map((curve): NetworkCost => {
    const plan = planLayers(networkSpecOf(spec, curve))
    const counts = countNetwork(plan)
    const flops = trainingStepFlops(plan, recipe.batchSize)
    parameters += counts.parameters
    stepFlops += flops
    activations = Math.max(activations, activationsOf(plan) * recipe.batchSize)
    for (const size of madeKernelsOf(plan)) {
      madeKernels += size
      largestKernel = Math.max(largestKernel, size)
    }
    for (const [shape, size] of kernelConstants(plan)) constants.set(shape, size)
    return { label: curveLabel(curve), parameters: counts.parameters, stepFlops: flops }
  })
  const pixels = dataset.imageSize ** 2 * 3 * (dataset.trainingImages + dataset.validationImages)
  // All made kernels are held from step to step; their gradients come and go one layer at a time.
  const kernels = [...constants.values()].reduce((sum, size) => sum + size, 0) + madeKernels + largestKernel
  const numbers = pixels + kernels + copiesOfParameters * parameters + copiesOfActivations * activations
  return {
    networks,
    parameters,
    stepFlops,
    totalFlops: stepFlops * recipe.steps,
    memoryBytes: numbers * bytesPerNumber,
  }
}

const sizeOfKernel = ({ kernelSize, inputChannels, outputChannels }: ConvOperation): number =>
  kernelSize ** 2 * inputChannels * outputChannels

/** Sizes of the kernels that are not the parameters themselves: grouped ones, spread over all input channels, and Dirac's. */
const madeKernelsOf = ({ operations }: NetworkPlan): readonly number[] =>
  operations.flatMap((operation) =>
    operation.kind === 'conv' && (operation.groups > 1 || operation.kernel === 'dirac')
      ? [sizeOfKernel(operation)]
      : [],
  )

/**
 * Sizes of what the engine holds to make kernels, one for each shape: the mask that spreads a grouped kernel over all input channels,
 * the identity of a Dirac kernel.
 */
const kernelConstants = (plan: NetworkPlan): ReadonlyMap<string, number> => {
  const constants = new Map<string, number>()
  for (const operation of plan.operations) {
    if (operation.kind !== 'conv') continue
    const { kernelSize, inputChannels, outputChannels, groups, kernel } = operation
    const size = sizeOfKernel(operation)
    const shape = `${kernelSize} ${inputChannels} ${outputChannels} ${groups}`
    if (groups > 1) constants.set(`mask ${shape}`, size)
    if (kernel === 'dirac') constants.set(`identity ${shape}`, size / groups)
  }
  return constants
}

/** Numbers that one image leaves in all layers. */
const activationsOf = (plan: NetworkPlan): number =>
  plan.operations.reduce((sum, operation) => {
    switch (operation.kind) {
      case 'conv':
      case 'subsample-pad':
        return sum + operation.outputSide ** 2 * operation.outputChannels
      case 'max-pool':
        return sum + operation.outputSide ** 2 * operation.channels
      case 'norm':
      case 'relu':
      case 'multiplier':
      case 'gate':
      case 'add':
      case 'gated-add':
        return sum + operation.side ** 2 * operation.channels
      // Its mask is as large as its output.
      case 'dropout':
        return sum + 2 * operation.side ** 2 * operation.channels
      case 'pool':
        return sum + operation.channels
      case 'dense':
        return sum + operation.outputChannels
      default:
        return operation satisfies never
    }
  }, 0)
