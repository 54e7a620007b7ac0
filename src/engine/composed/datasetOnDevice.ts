import { getBackend, type Tensor1D, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import type { ImageSet } from '../../datasets/dataset.ts'
import type { Batch } from '../executor.ts'
import { floatBits } from '../floatBits.ts'
import type { BatchLabels } from '../ops/crossEntropy.ts'
import { createImageTable, type ImageTableLimits } from './imageTable.ts'
import type { DeviceBatch } from './network.ts'

/** One split, ready to give batches that live on the device. */
export interface SplitOnDevice {
  /** The caller disposes it by `disposeBatch`. */
  gatherBatch(batch: Batch): DeviceBatch
  dispose(): void
}

export const splitOnDevice = (set: ImageSet, classes: number): SplitOnDevice => {
  const table = createImageTable(set, deviceLimits())
  return {
    gatherBatch: (batch) => ({
      images: table.gatherBatch(batch),
      labels: batchLabels(set, batch.indices, classes),
    }),
    dispose: () => table.dispose(),
  }
}

export const disposeBatch = ({ images, labels }: DeviceBatch): void => {
  images.dispose()
  labels.classes.dispose()
  labels.oneHot.dispose()
}

/** A few hundred bytes: cheaper to upload than to gather. */
const batchLabels = ({ labels }: ImageSet, indices: Int32Array, classes: number): BatchLabels => {
  const ofBatch = indices.map((index) => labels[index] ?? 0)
  const oneHot = new Float32Array(indices.length * classes)
  ofBatch.forEach((label, position) => {
    oneHot[position * classes + label] = 1
  })
  const oneHotTensor: Tensor2D = tensor2d(oneHot, [indices.length, classes])
  const classesTensor: Tensor1D = tensor1d(ofBatch, 'int32')
  return { classes: classesTensor, oneHot: oneHotTensor }
}

const megabyte = 2 ** 20

/**
 * A GPU keeps its images, but 16-bit floats hold no index above 2,048. Off the GPU the device's memory is the processor's own,
 * and copying a batch is fifty times as fast as tfjs-wasm's gather.
 */
const deviceLimits = (): ImageTableLimits =>
  getBackend() === 'webgl' && floatBits() === 32
    ? { bytes: 256 * megabyte, pixels: 2 ** 24 }
    : { bytes: 0, pixels: 0 }
