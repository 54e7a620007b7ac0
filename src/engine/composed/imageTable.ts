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

/** Uploads a split once where it fits the device, else keeps it in memory and hands it over batch by batch. */
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

export const hostTable = ({ images, count, side, channels }: ImageSet): ImageTable => {
  const imageSize = side * side * channels
  const whole = ({ indices }: Batch): Float32Array => {
    const values = new Float32Array(indices.length * imageSize)
    indices.forEach((image, position) => {
      values.set(images.subarray(image * imageSize, (image + 1) * imageSize), position * imageSize)
    })
    return values
  }
  const moved = (batch: Batch): Float32Array => {
    const emptyPixel = count * side * side
    const pixels = augmentedPixels(batch, side, emptyPixel)
    const values = new Float32Array(pixels.length * channels)
    pixels.forEach((pixel, position) => {
      if (pixel === emptyPixel) return
      for (let channel = 0; channel < channels; channel++)
        values[position * channels + channel] = images[pixel * channels + channel] ?? 0
    })
    return values
  }
  return {
    gatherBatch: (batch) =>
      tensor4d(batch.augmentation === null ? whole(batch) : moved(batch), [
        batch.indices.length,
        side,
        side,
        channels,
      ]),
    dispose: () => {},
  }
}
