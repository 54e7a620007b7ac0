import {
  gather,
  reshape,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core'
import type { ImageSet } from '../../datasets/dataset.ts'
import type { Batch } from '../executor.ts'
import { augmentedPixels } from './gatherIndices.ts'

/** The images of one split; batches come out of it as [B, S, S, C] on the device. */
export interface ImageTable {
  gatherBatch(batch: Batch): Tensor4D
  dispose(): void
}

/** Images, and one of zeros behind them for the pixels that augmentation shifts in. */
export interface ImageTableLimits {
  /** Bytes that a split may take on the device. */
  readonly bytes: number
  /** Largest index that the device reads exactly: WebGL keeps indices in floats. */
  readonly pixels: number
}

/** Uploads a split once where it fits the device, else keeps it in memory and uploads batch by batch. */
export const createImageTable = (set: ImageSet, limits: ImageTableLimits): ImageTable => {
  const pixels = (set.count + 1) * set.side * set.side
  const fits = pixels < limits.pixels && pixels * set.channels * 4 <= limits.bytes
  return fits ? residentTable(set) : hostTable(set)
}

export const residentTable = ({ images, count, side, channels }: ImageSet): ImageTable => {
  const imageSize = side * side * channels
  const withEmpty = new Float32Array((count + 1) * imageSize)
  withEmpty.set(images.subarray(0, count * imageSize))
  const table = tensor2d(withEmpty, [count + 1, imageSize])
  return {
    gatherBatch: (batch) =>
      tidy((): Tensor4D => {
        const shape: Tensor4D['shape'] = [batch.indices.length, side, side, channels]
        if (batch.augmentation === null)
          return reshape(gather(table, tensor1d(batch.indices, 'int32')), shape)
        const pixelTable: Tensor2D = reshape(table, [(count + 1) * side * side, channels])
        const pixels = augmentedPixels(batch, side, count * side * side)
        return reshape(gather(pixelTable, tensor1d(pixels, 'int32')), shape)
      }),
    dispose: () => table.dispose(),
  }
}

export const hostTable = ({ images, count, side, channels }: ImageSet): ImageTable => ({
  gatherBatch: (batch) => {
    const emptyPixel = count * side * side
    const pixels = augmentedPixels(batch, side, emptyPixel)
    const values = new Float32Array(pixels.length * channels)
    pixels.forEach((pixel, position) => {
      if (pixel !== emptyPixel)
        values.set(images.subarray(pixel * channels, (pixel + 1) * channels), position * channels)
    })
    return tensor4d(values, [batch.indices.length, side, side, channels])
  },
  dispose: () => {},
})
