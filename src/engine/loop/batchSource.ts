import { drawAugmentation } from '../../datasets/augmentation.ts'
import { createBatchOrder } from '../../datasets/batchOrder.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Batch } from '../executor.ts'

/** The batch of a step, counted from 0: the same for the same step, whatever was asked before. */
export type BatchSource = (step: number) => Batch

/** The batches of an experiment: its seed decides them, its networks have no say. */
export const createBatchSource = (spec: ExperimentSpec, trainingCount: number): BatchSource => {
  const { batchSize } = spec.recipe
  const order = createBatchOrder(trainingCount, batchSize, spec.seed)
  return (step) => ({
    indices: order.batchAt(step),
    augmentation: spec.dataset.augment
      ? drawAugmentation(step, batchSize, spec.dataset.imageSize, spec.seed)
      : null,
  })
}

/** 32-bit FNV-1a over all that a batch says. */
export const digestOf = ({ indices, augmentation }: Batch): number => {
  let hash = 0x811c9dc5
  const take = (values: ArrayLike<number>): void => {
    for (let i = 0; i < values.length; i++) {
      hash ^= values[i] ?? 0
      hash = Math.imul(hash, 0x01000193)
    }
  }
  take(indices)
  if (augmentation !== null) {
    take(augmentation.rowShifts)
    take(augmentation.columnShifts)
    take(augmentation.flips)
  }
  return hash >>> 0
}
