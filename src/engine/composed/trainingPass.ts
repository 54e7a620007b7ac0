import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Constants } from '../ops/constants.ts'
import { type BatchLabels, crossEntropyGradient } from '../ops/crossEntropy.ts'
import { dropout, dropoutMaskOnDevice } from '../ops/dropout.ts'
import { normTraining } from '../ops/norm.ts'
import { backward } from './backward.ts'
import { type Drop, dropNothing, type ForwardResult, forward, type Weights } from './forward.ts'
import { disposeNormSaved, type PassSaved } from './passSaved.ts'
import type { BatchMoments } from './runningStatistics.ts'
import type { Schedule } from './schedule.ts'
import type { TensorMap } from './tensorMap.ts'

export interface TrainingPassRequest {
  readonly schedule: Schedule
  readonly weights: Weights
  readonly images: Tensor4D
  readonly strengths: readonly number[]
  /** Of the step; null where nothing is dropped. */
  readonly dropoutKey: number | null
  readonly constants: Constants
}

interface TrainingForward extends ForwardResult {
  /** Empty where nothing was to be kept. */
  readonly saved: PassSaved
  readonly batchMoments: BatchMoments
}

/** A forward pass that normalises by its own batch. */
export const forwardTraining = (request: TrainingPassRequest, keepForBackward: boolean): TrainingForward => {
  const { dropoutKey, constants } = request
  const saved: PassSaved = { norms: new Map(), masks: new Map() }
  const moments: TensorMap = new Map()
  const counts = new Map<string, number>()
  const dropBy =
    (key: number): Drop =>
    ({ output, block, rate }, x) => {
      const mask = dropoutMaskOnDevice(x.shape, { key, block, rate })
      const dropped = dropout(x, mask)
      if (keepForBackward) saved.masks.set(output, mask)
      else mask.dispose()
      return dropped
    }
  const passed = forward({
    ...request,
    keepForBackward,
    drop: dropoutKey === null ? dropNothing : dropBy(dropoutKey),
    normalise: ({ name, relu, channels }, x, gamma, beta) => {
      const { output, saved: ofNorm, mean, variance } = normTraining(x, gamma, beta, relu, constants)
      saved.norms.set(name, ofNorm)
      if (!keepForBackward) disposeNormSaved(saved.norms, name)
      moments.set(`${name}.mean`, mean)
      moments.set(`${name}.variance`, variance)
      counts.set(`${name}.mean`, x.size / channels)
      counts.set(`${name}.variance`, x.size / channels)
      return output
    },
  })
  return { ...passed, saved, batchMoments: { tensors: moments, counts } }
}

export interface PassBothWays {
  readonly logits: Tensor2D
  /** Of every parameter that the pass used, by name. */
  readonly gradients: TensorMap
  readonly batchMoments: BatchMoments
}

/** Forward and backward: the gradient of the mean cross-entropy without weight decay. The caller disposes all. */
export const passBothWays = (request: TrainingPassRequest, labels: BatchLabels): PassBothWays => {
  const { logits, activations, saved, batchMoments } = forwardTraining(request, true)
  const gradients = backward({
    ...request,
    activations,
    saved,
    logitsGradient: crossEntropyGradient(logits, labels),
  })
  return { logits, gradients, batchMoments }
}
