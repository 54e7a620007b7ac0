import type { ImageSet } from '../../datasets/dataset.ts'
import type { EvaluationRequest, EvaluationResult, Measurement } from '../executor.ts'
import type { YieldToMessages } from '../yieldToMessages.ts'
import { gatherBatch } from './gatherBatch.ts'
import { askAll, type HostedNetwork } from './hostedNetwork.ts'
import type { GatheredBatch } from './nativeNetwork.ts'
import { createPipeline } from './pipeline.ts'

/** Images of one pass: enough to keep every thread busy, few enough to let a message in soon. */
const mostImagesOfPass = 64

export interface EvaluationData {
  readonly training: ImageSet
  readonly validation: ImageSet
}

/**
 * Error of all networks on the two subsets, by statistics that are recomputed first: the mean, over the given batches, of the batch
 * means and of the unbiased batch variances, as the composed executor takes it. Nothing of the networks changes, so it may be broken
 * off anywhere: what is under way is finished, and nobody hears of it.
 */
export const evaluateNetworks = async (
  networks: readonly HostedNetwork[],
  { training, validation }: EvaluationData,
  request: EvaluationRequest,
  yieldToMessages: YieldToMessages,
): Promise<readonly EvaluationResult[]> => {
  const { statisticsBatches, trainingIndices, validationIndices } = request
  if (statisticsBatches.length === 0)
    throw new Error('An evaluation needs at least one batch to take statistics from.')
  // No pass is larger than one of those: a network holds the memory of its largest batch, and keeps it.
  const imagesOfPass = Math.min(
    mostImagesOfPass,
    Math.max(1, ...statisticsBatches.map(({ length }) => length)),
  )
  const strengthsOf = (index: number): readonly number[] => request.shortcutStrengths[index] ?? []

  /** By batch, by network. Two batches are under way at a time, so that no network waits while messages are let in. */
  const onEach = async <T>(
    set: ImageSet,
    batches: readonly Int32Array[],
    ask: (network: HostedNetwork, batch: GatheredBatch, index: number) => Promise<T>,
  ): Promise<readonly (readonly T[])[]> => {
    const passes = createPipeline<readonly T[]>()
    for (const indices of batches) {
      const batch = gatherBatch(set, { indices, augmentation: null })
      await passes.post(() => askAll(networks, (network, index) => ask(network, batch, index)))
      await yieldToMessages()
    }
    return passes.takeResults()
  }

  const batchStatistics = await onEach(
    training,
    statisticsBatches,
    async ({ host, statistics }, batch, index) =>
      statistics.size === 0 ? new Float32Array() : host.batchStatistics(batch, strengthsOf(index)),
  )
  const statistics = networks.map((network, index) =>
    meanOf(
      network.statistics.size,
      batchStatistics.flatMap((ofBatch) => ofBatch[index] ?? []),
    ),
  )

  const measure = async (set: ImageSet, indices: Int32Array): Promise<readonly Measurement[]> => {
    const parts = partsOf(indices, imagesOfPass)
    const measured = await onEach(set, parts, async ({ host }, batch, index) => {
      const { measurement } = await host.infer(batch, strengthsOf(index), statistics[index] ?? null)
      return measurement
    })
    return networks.map((_, index) => {
      const sum = { loss: 0, error: 0 }
      parts.forEach((part, pass) => {
        const { loss = Number.NaN, error = Number.NaN } = measured[pass]?.[index] ?? {}
        sum.loss += (loss * part.length) / indices.length
        sum.error += (error * part.length) / indices.length
      })
      return sum
    })
  }

  const ofTraining = await measure(training, trainingIndices)
  const ofValidation = await measure(validation, validationIndices)
  return networks.map((_, index) => ({
    training: ofTraining[index] ?? unmeasured,
    validation: ofValidation[index] ?? unmeasured,
  }))
}

const unmeasured: Measurement = { loss: Number.NaN, error: Number.NaN }

const partsOf = (indices: Int32Array, size: number): readonly Int32Array[] =>
  Array.from({ length: Math.ceil(indices.length / size) }, (_, part) =>
    indices.subarray(part * size, (part + 1) * size),
  )

/** Summed up in double precision, in order, and rounded once. */
const meanOf = (size: number, vectors: readonly Float32Array[]): Float32Array => {
  const sums = new Float64Array(size)
  for (const vector of vectors)
    for (let i = 0; i < size; i++) sums[i] = (sums[i] ?? 0) + (vector[i] ?? Number.NaN)
  return Float32Array.from(sums, (sum) => sum / vectors.length)
}
