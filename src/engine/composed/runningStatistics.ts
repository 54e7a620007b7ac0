import { add, mul, type Tensor1D, tensor1d, tidy } from '@tensorflow/tfjs-core'
import type { FlatLayout } from '../flatLayout.ts'
import { statisticsMomentum } from '../normConstants.ts'
import type { Constants } from '../ops/constants.ts'
import { joinFlat } from './flatTensor.ts'
import type { TensorMap } from './tensorMap.ts'

/** Batch means and biased variances of the normalisations that a pass used, and how many values each was taken over. */
export interface BatchMoments {
  /** `NAME.mean` and `NAME.variance`, [C] each. */
  readonly tensors: TensorMap
  /** N·S·S by tensor name. */
  readonly counts: ReadonlyMap<string, number>
}

/**
 * running ← 0.9 · running + 0.1 · batch, the variance made unbiased (· M/(M − 1)). Normalisations that the pass did not use (a
 * projection switched off) keep what they had; where there are none, the vector is empty.
 */
export const updateRunningStatistics = (
  layout: FlatLayout,
  running: Tensor1D,
  batch: BatchMoments,
  constants: Constants,
): Tensor1D =>
  tidy(() => {
    if (layout.size === 0) return running.clone()
    const kept = momentsVector(layout, batch, 'kept', constants, (count) =>
      count === null ? 1 : statisticsMomentum,
    )
    const added = momentsVector(layout, batch, 'added', constants, (count, isVariance) => {
      if (count === null) return 0
      return (1 - statisticsMomentum) * (isVariance ? unbiased(count) : 1)
    })
    return add(mul(running, kept), mul(joinFlat(layout, batch.tensors, constants), added))
  })

/** The batch's statistics as one flat vector, variances unbiased; zeros where the pass did not use a normalisation. */
export const flatMoments = (layout: FlatLayout, batch: BatchMoments, constants: Constants): Tensor1D =>
  tidy(() => {
    if (layout.size === 0) return tensor1d([])
    const factors = momentsVector(layout, batch, 'unbiased', constants, (count, isVariance) =>
      isVariance && count !== null ? unbiased(count) : 1,
    )
    return mul(joinFlat(layout, batch.tensors, constants), factors)
  })

/** M/(M − 1); 1 where a variance was taken over a single value and is 0 in any case. */
const unbiased = (count: number): number => (count > 1 ? count / (count - 1) : 1)

/** A factor for every entry, by how many values its statistic was taken over (null: not used). Made once for each case. */
const momentsVector = (
  layout: FlatLayout,
  { counts }: BatchMoments,
  purpose: string,
  constants: Constants,
  factorOf: (count: number | null, isVariance: boolean) => number,
): Tensor1D => {
  const countsInOrder = layout.entries.map(({ name }) => counts.get(name) ?? null)
  const key = `statistics/${purpose}/${layout.entries.map(({ size }, i) => `${size}:${countsInOrder[i]}`).join()}`
  return constants.tensor(key, () => {
    const factors = new Float32Array(layout.size)
    layout.entries.forEach(({ name, offset, size }, index) => {
      const factor = factorOf(countsInOrder[index] ?? null, name.endsWith('.variance'))
      factors.fill(factor, offset, offset + size)
    })
    return tensor1d(factors)
  })
}
