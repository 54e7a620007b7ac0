import { randomStream, shuffle } from '../domain/random.ts'

/** In which order training sees its images. */
export interface BatchOrder {
  readonly batchesPerEpoch: number
  /**
   * Indices into the training images of the batch of a step, `batchSize` of them, in an array of its own. `step` counts from 0:
   * it is the number of steps taken before. The same for the same step, whatever was asked before.
   */
  batchAt(step: number): Int32Array
}

/**
 * Every epoch is a shuffle of its own of all images, each seen at most once; what does not fill a batch at its end is left out.
 * Throws a RangeError where there are fewer images than one batch holds.
 */
export const createBatchOrder = (count: number, batchSize: number, seed: number): BatchOrder => {
  const batchesPerEpoch = Math.floor(count / batchSize)
  if (batchesPerEpoch < 1) {
    throw new RangeError(
      `A batch of ${batchSize} needs at least as many training images, and there are ${count}. Choose a smaller batch or more images.`,
    )
  }
  const order = new Int32Array(count)
  let orderedEpoch = -1
  return {
    batchesPerEpoch,
    batchAt(step) {
      const epoch = Math.floor(step / batchesPerEpoch)
      if (epoch !== orderedEpoch) {
        for (let i = 0; i < count; i++) order[i] = i
        shuffle(randomStream(seed, `order/${epoch}`), order)
        orderedEpoch = epoch
      }
      const start = (step - epoch * batchesPerEpoch) * batchSize
      return order.slice(start, start + batchSize)
    },
  }
}
