import { countNetwork, trainingStepFlops } from './countNetwork.ts'
import { curveLabel, type ExperimentSpec, networkSpecOf } from './experimentSpec.ts'
import type { NetworkPlan } from './networkPlan.ts'
import { planLayers } from './planLayers.ts'

export interface NetworkCost {
  readonly label: string
  /** Trainable numbers. */
  readonly parameters: number
  /** Floating-point operations of one training step. */
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
  const networks = spec.networks.map((curve): NetworkCost => {
    const plan = planLayers(networkSpecOf(spec, curve))
    const counts = countNetwork(plan)
    const flops = trainingStepFlops(plan, recipe.batchSize)
    parameters += counts.parameters
    stepFlops += flops
    activations = Math.max(activations, activationsOf(plan) * recipe.batchSize)
    return { label: curveLabel(curve), parameters: counts.parameters, stepFlops: flops }
  })
  const pixels = dataset.imageSize ** 2 * 3 * (dataset.trainingImages + dataset.validationImages)
  const numbers = pixels + copiesOfParameters * parameters + copiesOfActivations * activations
  return {
    networks,
    parameters,
    stepFlops,
    totalFlops: stepFlops * recipe.steps,
    memoryBytes: numbers * bytesPerNumber,
  }
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
      case 'dropout':
      case 'add':
      case 'gated-add':
        return sum + operation.side ** 2 * operation.channels
      case 'pool':
        return sum + operation.channels
      case 'dense':
        return sum + operation.outputChannels
      default:
        return operation satisfies never
    }
  }, 0)
