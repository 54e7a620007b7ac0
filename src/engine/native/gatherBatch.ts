import type { ImageSet } from '../../datasets/dataset.ts'
import type { Batch } from '../executor.ts'
import type { GatheredBatch } from './nativeNetwork.ts'

/** Copies the images of a batch out of their data set, once for all networks; augmentation moves them where they are trained on. */
export const gatherBatch = (
  { images, labels, side, channels }: ImageSet,
  { indices, augmentation }: Batch,
): GatheredBatch => {
  const imageSize = side * side * channels
  const gathered = new Float32Array(indices.length * imageSize)
  indices.forEach((image, position) => {
    gathered.set(images.subarray(image * imageSize, (image + 1) * imageSize), position * imageSize)
  })
  return { images: gathered, labels: indices.map((image) => labels[image] ?? 0), augmentation }
}
