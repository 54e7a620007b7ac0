import { expect, it } from 'vitest'
import { smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { gatherBatch } from './gatherBatch.ts'

it('copies images and labels in order of the batch, and says how they are to be moved', () => {
  const set = smallImages(smallSpec({ imageSize: 3 }), 5)
  const augmentation = {
    rowShifts: Int8Array.of(1, 0, -1),
    columnShifts: Int8Array.of(0, 1, 0),
    flips: Uint8Array.of(0, 1, 1),
  }
  const batch = gatherBatch(set, { indices: Int32Array.of(4, 0, 4), augmentation })
  const imageAt = (index: number): readonly number[] => [...set.images.subarray(27 * index, 27 * (index + 1))]
  expect([...batch.images]).toEqual([...imageAt(4), ...imageAt(0), ...imageAt(4)])
  expect([...batch.labels]).toEqual([set.labels[4], set.labels[0], set.labels[4]])
  expect(batch.augmentation).toBe(augmentation)
  batch.images.fill(0)
  expect(imageAt(4).some((value) => value !== 0)).toBe(true)
})
