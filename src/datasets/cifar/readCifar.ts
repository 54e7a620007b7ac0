import type { ReportProgress } from '../dataset.ts'
import { type CifarImages, officialArchive } from './cifarImages.ts'
import { joinBatches } from './joinBatches.ts'
import { type Reading, readFile, type UserFile } from './readFile.ts'
import { UserFileError } from './userFileError.ts'

/** The visitor's images, with a sentence that they should know, if any; or what is wrong with the files and what to do. */
export type CifarReading =
  | { readonly ok: true; readonly cifar: CifarImages; readonly note: string | null }
  | { readonly ok: false; readonly sentence: string }

/** Bytes worked on between two reports: some milliseconds. */
const reportBytes = 1 << 20

const nothingUseful = (unknown: readonly string[]): string => {
  const advice = `Choose ${officialArchive}, or data_batch_1.bin to data_batch_5.bin and test_batch.bin together.`
  const [first] = unknown
  if (first === undefined) return `There is no CIFAR-10 image in what was chosen. ${advice}`
  return `${first} is not a file of CIFAR-10's binary version, or its download failed. ${advice}`
}

/**
 * Reads the visitor's CIFAR-10: the official archive (compressed or not), or any of its `.bin` files chosen together, in any
 * order. Never throws for what is in the files: a wrong, short or damaged one gives a sentence. At most one batch of 30 MB is
 * held beside the images. `report` is awaited every megabyte or so. Format: Krizhevsky 2009, binary version.
 */
export const readCifar = async (
  files: readonly UserFile[],
  report: ReportProgress,
): Promise<CifarReading> => {
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0)
  let readBytes = 0
  let workedBytes = 0
  const reading: Reading = {
    batches: new Map(),
    onBytes(bytes) {
      readBytes += bytes
    },
    async pause(workBytes) {
      workedBytes += workBytes
      if (workedBytes < reportBytes) return
      workedBytes = 0
      await report(Math.min(1, readBytes / totalBytes))
    },
  }
  const unknown: string[] = []
  try {
    for (const file of files) {
      if (!(await readFile(file, reading))) unknown.push(file.name)
    }
    if (reading.batches.size === 0) throw new UserFileError(nothingUseful(unknown))
    const joined = await joinBatches(reading.batches, unknown, reading.pause)
    await report(1)
    return { ok: true, ...joined }
  } catch (error) {
    if (error instanceof UserFileError) return { ok: false, sentence: error.message }
    throw error
  }
}
