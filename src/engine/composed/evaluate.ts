import { add, mul, type Tensor1D, tidy, zeros } from '@tensorflow/tfjs-core'
import type { EvaluationRequest, EvaluationResult, Measurement } from '../executor.ts'
import { lossAndError } from '../ops/crossEntropy.ts'
import type { YieldToMessages } from '../yieldToMessages.ts'
import { disposeBatch, type SplitOnDevice } from './datasetOnDevice.ts'
import type { Network } from './network.ts'

/** Images of one pass: enough to keep the device busy, few enough to let a message in soon. */
const evaluationBatchSize = 250

export interface EvaluationData {
  readonly training: SplitOnDevice
  readonly validation: SplitOnDevice
}

/**
 * Error of one network on the two subsets. The running statistics lag in the first hundreds of steps, so the statistics are
 * recomputed first: the mean, over the given batches, of the batch means and of the unbiased batch variances. Nothing is dropped
 * anywhere here: the statistics are those of the very network that is evaluated.
 */
export const evaluateNetwork = async (
  network: Network,
  strengths: readonly number[],
  { training, validation }: EvaluationData,
  request: EvaluationRequest,
  yieldToMessages: YieldToMessages,
): Promise<EvaluationResult> => {
  const statistics = await recomputedStatistics(
    network,
    strengths,
    training,
    request.statisticsBatches,
    yieldToMessages,
  )
  try {
    const measure = (split: SplitOnDevice, indices: Int32Array): Promise<Measurement> =>
      measureSubset(network, strengths, statistics, split, indices, yieldToMessages)
    return {
      training: await measure(training, request.trainingIndices),
      validation: await measure(validation, request.validationIndices),
    }
  } finally {
    statistics.dispose()
  }
}

const recomputedStatistics = async (
  network: Network,
  strengths: readonly number[],
  split: SplitOnDevice,
  batches: readonly Int32Array[],
  yieldToMessages: YieldToMessages,
): Promise<Tensor1D> => {
  if (batches.length === 0) throw new Error('An evaluation needs at least one batch to take statistics from.')
  let total: Tensor1D = zeros([network.statisticsSize])
  if (network.statisticsSize === 0) return total
  try {
    for (const indices of batches) {
      const batch = split.gatherBatch({ indices, augmentation: null })
      const ofBatch = network.batchStatistics(batch.images, strengths)
      disposeBatch(batch)
      const before = total
      total = tidy(() => add(before, mul(ofBatch, 1 / batches.length)))
      before.dispose()
      ofBatch.dispose()
      await yieldToMessages()
    }
    return total
  } catch (error) {
    total.dispose()
    throw error
  }
}

const measureSubset = async (
  network: Network,
  strengths: readonly number[],
  statistics: Tensor1D,
  split: SplitOnDevice,
  indices: Int32Array,
  yieldToMessages: YieldToMessages,
): Promise<Measurement> => {
  let loss = 0
  let error = 0
  for (let start = 0; start < indices.length; start += evaluationBatchSize) {
    const part = indices.subarray(start, start + evaluationBatchSize)
    const batch = split.gatherBatch({ indices: part, augmentation: null })
    const logits = network.infer(batch.images, strengths, statistics)
    const measured = lossAndError(logits, batch.labels)
    logits.dispose()
    disposeBatch(batch)
    const [partLoss = Number.NaN, partError = Number.NaN] = await measured.data()
    measured.dispose()
    loss += (partLoss * part.length) / indices.length
    error += (partError * part.length) / indices.length
    await yieldToMessages()
  }
  return { loss, error }
}
