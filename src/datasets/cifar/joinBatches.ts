import { concatenateImages, sliceImages } from '../concatenateImages.ts'
import type { ByteImages } from '../dataset.ts'
import {
  type CifarImages,
  cifarChannels,
  cifarSide,
  officialArchive,
  officialBatchImages,
} from './cifarImages.ts'
import { UserFileError } from './userFileError.ts'

const counted = (count: number): string => count.toLocaleString('en')

const shortBatches = (batches: ReadonlyMap<string, ByteImages>): string[] =>
  [...batches]
    .filter(([, images]) => images.count < officialBatchImages)
    .map(
      ([name, images]) =>
        `${name} holds ${counted(images.count)} images, the official file ${counted(officialBatchImages)}.`,
    )

/** Keeps the last fifth of the training images apart, as there is no test batch. */
const holdOut = (training: ByteImages): { cifar: CifarImages; note: string } => {
  if (training.count < 2) {
    throw new UserFileError(`One image is too few to train and validate on. Choose ${officialArchive}.`)
  }
  const held = Math.max(1, Math.floor(training.count / 5))
  return {
    cifar: {
      training: sliceImages(training, 0, training.count - held),
      validation: sliceImages(training, training.count - held, training.count),
    },
    note: `test_batch.bin was not among the files, so the last ${counted(held)} training images serve for validation.`,
  }
}

/** Both splits from the batches that were read, and what the visitor should know of them. Throws a UserFileError. */
export const joinBatches = async (
  batches: Map<string, ByteImages>,
  ignored: readonly string[],
  pause: (workBytes: number) => void | Promise<void>,
): Promise<{ cifar: CifarImages; note: string | null }> => {
  const notes = shortBatches(batches)
  if (ignored.length > 0) notes.push(`${ignored.join(', ')}: not of CIFAR-10, left out.`)

  const validation = batches.get('test_batch.bin')
  batches.delete('test_batch.bin')
  const trainingNames = [...batches.keys()].sort()
  if (trainingNames.length === 0) {
    throw new UserFileError(
      `Only test_batch.bin was chosen, and there is nothing to train on. Choose ${officialArchive}, or data_batch_1.bin together with it.`,
    )
  }
  const parts = trainingNames.flatMap((name) => batches.get(name) ?? [])
  // From here on only `parts` holds the batches, and gives them up one by one.
  batches.clear()
  const training = await concatenateImages(parts, cifarSide, cifarChannels, pause)
  if (validation !== undefined) {
    return { cifar: { training, validation }, note: notes.length > 0 ? notes.join(' ') : null }
  }
  const held = holdOut(training)
  return { cifar: held.cifar, note: [held.note, ...notes].join(' ') }
}
