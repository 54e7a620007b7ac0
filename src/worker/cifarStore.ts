import { type CifarImages, cifarChannels, cifarImageBytes, cifarSide } from '../datasets/cifar/cifarImages.ts'
import type { ByteImages } from '../datasets/dataset.ts'
import type { Split } from '../datasets/generateImages.ts'
import { toRgba } from '../datasets/rgba.ts'
import { balancedIndices } from '../datasets/takeBalanced.ts'
import { classCount, type DatasetSpec } from '../domain/experimentSpec.ts'
import type { CifarFacts } from '../protocol/messages.ts'
import {
  type CifarRecord,
  clearCifar,
  isQuotaExceeded,
  readCifarPixels,
  readCifarRecord,
  writeCifar,
} from './cifarStorage.ts'

/** The visitor's CIFAR-10, kept in this browser for next time. */
export interface CifarStore {
  /** Replaces what is kept. Never rejects: without room it stays in memory, and the facts' note says so. */
  save(cifar: CifarImages, note: string | null): Promise<CifarFacts>
  /** What is kept, or null; also null where the browser keeps nothing. */
  describe(): Promise<CifarFacts | null>
  /**
   * Images enough for `loadDataset` to take what is asked: the beginning of each split that holds the balanced images, not
   * more. Null where nothing is kept.
   */
  load(asked: Pick<DatasetSpec, 'trainingImages' | 'validationImages'>): Promise<CifarImages | null>
  forget(): Promise<void>
}

/** The first training image of each class; nothing is drawn where a class has none. */
const thumbnailsOf = (training: ByteImages): readonly Uint8ClampedArray[] =>
  Array.from({ length: classCount }, (_, label) => {
    const index = training.labels.indexOf(label)
    return index === -1 ? new Uint8ClampedArray(cifarSide * cifarSide * 4) : toRgba(training, index)
  })

const factsOf = ({ labels, thumbnails, note }: CifarRecord): CifarFacts => ({
  trainingImages: labels.training.length,
  validationImages: labels.validation.length,
  thumbnails,
  note,
})

const notKept = (error: unknown): string =>
  isQuotaExceeded(error)
    ? 'This browser has no room left to keep the images, so they are here until the page is closed.'
    : 'This browser does not keep the images, so they are here until the page is closed.'

const loadSplit = async (labels: Uint8Array, split: Split, asked: number): Promise<ByteImages | null> => {
  const count = (balancedIndices(labels, asked).at(-1) ?? -1) + 1
  const pixels = await readCifarPixels(split, count, cifarImageBytes)
  if (pixels === null) return null
  return { pixels, labels: labels.slice(0, count), count, side: cifarSide, channels: cifarChannels }
}

export const createCifarStore = (): CifarStore => {
  /** Only where the browser did not keep it. */
  let inMemory: { readonly cifar: CifarImages; readonly record: CifarRecord } | null = null

  const record = async (): Promise<CifarRecord | null> =>
    inMemory?.record ?? (await readCifarRecord().catch(() => null))

  return {
    async save(cifar, note) {
      const saved: CifarRecord = {
        labels: { training: cifar.training.labels, validation: cifar.validation.labels },
        thumbnails: thumbnailsOf(cifar.training),
        note,
      }
      try {
        await writeCifar(saved, cifar)
        inMemory = null
        return factsOf(saved)
      } catch (error) {
        // What was kept before is not what was chosen now.
        await clearCifar().catch(() => undefined)
        const warned = { ...saved, note: note === null ? notKept(error) : `${note} ${notKept(error)}` }
        inMemory = { cifar, record: warned }
        return factsOf(warned)
      }
    },
    async describe() {
      const kept = await record()
      return kept === null ? null : factsOf(kept)
    },
    async load({ trainingImages, validationImages }) {
      if (inMemory !== null) return inMemory.cifar
      const kept = await record()
      if (kept === null) return null
      const training = await loadSplit(kept.labels.training, 'training', trainingImages)
      const validation = await loadSplit(kept.labels.validation, 'validation', validationImages)
      return training === null || validation === null ? null : { training, validation }
    },
    async forget() {
      inMemory = null
      // Where nothing can be kept there is nothing to clear.
      await clearCifar().catch(() => undefined)
    },
  }
}
