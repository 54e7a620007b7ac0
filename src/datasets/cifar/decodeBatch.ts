import { classCount } from '../../domain/experimentSpec.ts'
import type { ByteImages } from '../dataset.ts'
import {
  cifarChannels,
  cifarImageBytes,
  cifarRecordBytes,
  cifarSide,
  officialArchive,
  officialBatchImages,
} from './cifarImages.ts'
import { UserFileError } from './userFileError.ts'

const planeBytes = cifarSide * cifarSide
/** Images decoded between two pauses. */
const chunk = 500

/** Says what is wrong with a batch of this many bytes, or nothing. */
export const checkBatchSize = (name: string, bytes: number): void => {
  if (bytes === 0) {
    throw new UserFileError(`${name} is empty. Download ${officialArchive} again and choose it as it is.`)
  }
  if (bytes > officialBatchImages * cifarRecordBytes) {
    throw new UserFileError(
      `${name} is larger than CIFAR-10's own file of that name, so it is something else. Choose ${officialArchive}.`,
    )
  }
  if (bytes % cifarRecordBytes !== 0) {
    throw new UserFileError(
      `${name} is ${bytes.toLocaleString('en')} bytes long, which is not a whole number of CIFAR-10 images ` +
        `(${cifarRecordBytes.toLocaleString('en')} bytes each): it is cut short or not of CIFAR-10's binary version. ` +
        `Download ${officialArchive} again.`,
    )
  }
}

/**
 * One file of the binary version: for each image its label, then 32 × 32 bytes of red, of green and of blue (Krizhevsky 2009).
 * Throws a UserFileError where it is none.
 */
export const decodeBatch = async (
  name: string,
  bytes: Uint8Array,
  pause: (workBytes: number) => void | Promise<void>,
): Promise<ByteImages> => {
  checkBatchSize(name, bytes.length)
  const count = bytes.length / cifarRecordBytes
  const labels = new Uint8Array(count)
  const pixels = new Uint8Array(count * cifarImageBytes)
  for (let image = 0; image < count; image++) {
    if (image % chunk === 0) await pause(chunk * cifarRecordBytes)
    const start = image * cifarRecordBytes
    const label = bytes[start] as number
    if (label >= classCount) {
      throw new UserFileError(
        `${name} is damaged or not of CIFAR-10: image ${(image + 1).toLocaleString('en')} has the label ${label}, ` +
          `and labels go from 0 to ${classCount - 1}. Download ${officialArchive} again.`,
      )
    }
    labels[image] = label
    let out = image * cifarImageBytes
    const red = start + 1
    for (let i = 0; i < planeBytes; i++) {
      pixels[out++] = bytes[red + i] as number
      pixels[out++] = bytes[red + planeBytes + i] as number
      pixels[out++] = bytes[red + 2 * planeBytes + i] as number
    }
  }
  return { pixels, labels, count, side: cifarSide, channels: cifarChannels }
}
