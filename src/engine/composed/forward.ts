import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { DropoutOperation } from '../../domain/networkPlan.ts'
import type { ActiveOperation } from '../activeOperations.ts'
import { addShortcut } from '../ops/addShortcut.ts'
import type { Constants } from '../ops/constants.ts'
import { conv } from '../ops/conv.ts'
import { dense } from '../ops/dense.ts'
import { gate } from '../ops/gate.ts'
import { gatedAdd } from '../ops/gatedAdd.ts'
import { globalAveragePool } from '../ops/globalAveragePool.ts'
import { multiplier } from '../ops/multiplier.ts'
import { relu } from '../ops/relu.ts'
import { subsamplePad } from '../ops/subsamplePad.ts'
import type { Schedule } from './schedule.ts'
import { disposeAll, disposeNamed, type TensorMap, take, tensorNamed } from './tensorMap.ts'

/** How a pass normalises: by the batch or by given statistics. It owns nothing of what it is given. */
export type Normalise = (
  operation: Extract<ActiveOperation, { kind: 'norm' }>,
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
) => Tensor4D

/** What a pass drops of x; where nothing, a clone. It owns nothing of what it is given. */
export type Drop = (operation: DropoutOperation, x: Tensor4D) => Tensor4D

export const dropNothing: Drop = (_, x) => x.clone()

/** What a network computes with, by name. */
export interface Weights {
  readonly parameters: ReadonlyMap<string, Tensor>
  /** Of every convolution, as it is computed: see `kernelsOf`. */
  readonly kernels: ReadonlyMap<string, Tensor>
}

export interface ForwardRequest {
  readonly schedule: Schedule
  readonly weights: Weights
  readonly images: Tensor4D
  /** Strength of each block's shortcut. */
  readonly strengths: readonly number[]
  readonly normalise: Normalise
  readonly drop: Drop
  /** Whether what the backward pass reads is kept. */
  readonly keepForBackward: boolean
  readonly constants: Constants
}

export interface ForwardResult {
  readonly logits: Tensor2D
  /** Kept for the backward pass; the caller disposes it. */
  readonly activations: TensorMap
}

/** One pass from images to logits. Every activation is disposed as soon as nothing reads it any more. */
export const forward = (request: ForwardRequest): ForwardResult => {
  const { schedule, keepForBackward } = request
  const activations: TensorMap = new Map([['input', request.images.clone()]])
  schedule.operations.forEach((operation, index) => {
    activations.set(operation.output, compute(operation, activations, request))
    for (const name of schedule.lastReads[index] ?? [])
      if (!keepForBackward || !schedule.readBackward.has(name)) disposeNamed(activations, name)
  })
  const logits = take<Tensor2D>(activations, 'logits')
  if (!keepForBackward) disposeAll(activations)
  return { logits, activations }
}

const compute = (
  operation: ActiveOperation,
  activations: ReadonlyMap<string, Tensor>,
  { weights: { parameters, kernels }, strengths, normalise, drop, constants }: ForwardRequest,
): Tensor => {
  switch (operation.kind) {
    case 'conv':
      return conv(tensorNamed(activations, operation.input), tensorNamed(kernels, operation.name), operation)
    case 'norm':
      return normalise(
        operation,
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, `${operation.name}.gamma`),
        tensorNamed(parameters, `${operation.name}.beta`),
      )
    case 'relu':
      return relu(tensorNamed(activations, operation.input))
    case 'multiplier':
      return multiplier(
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, operation.name),
        constants,
      )
    case 'subsample-pad':
      return subsamplePad(tensorNamed(activations, operation.input), operation, constants)
    case 'dropout':
      return drop(operation, tensorNamed(activations, operation.input))
    case 'gate':
      return gate(
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, operation.name),
        constants,
      )
    case 'add':
      return addShortcut(
        tensorNamed(activations, operation.residual),
        tensorNamed(activations, operation.shortcut),
        operation,
        strengths[operation.block] ?? 0,
      )
    case 'gated-add':
      return gatedAdd(
        {
          residual: tensorNamed(activations, operation.residual),
          shortcut: tensorNamed(activations, operation.shortcut),
          gate: tensorNamed(activations, operation.gate),
        },
        operation.exclusive,
        strengths[operation.block] ?? 0,
        constants,
      )
    case 'pool':
      return globalAveragePool(tensorNamed(activations, operation.input))
    case 'dense':
      return dense(
        tensorNamed(activations, operation.input),
        tensorNamed(parameters, operation.kernelName),
        tensorNamed(parameters, operation.biasName),
      )
    default:
      return operation satisfies never
  }
}
