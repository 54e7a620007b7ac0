import type { ByteImages } from '../dataset.ts'

/** The visitor's CIFAR-10: 32 × 32 × 3, as many of each split as the files held. */
export interface CifarImages {
  readonly training: ByteImages
  readonly validation: ByteImages
}

export const cifarSide = 32
export const cifarChannels = 3
/** Bytes of one image. */
export const cifarImageBytes = cifarSide * cifarSide * cifarChannels
/** Bytes of one image in a file: its label, then its red, green and blue planes. */
export const cifarRecordBytes = 1 + cifarImageBytes
/** Images in each official file. */
export const officialBatchImages = 10_000

/** What the reader takes, and where a visitor finds it. */
export const officialArchive = 'cifar-10-binary.tar.gz'
