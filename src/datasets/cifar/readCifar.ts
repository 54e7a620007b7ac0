import type { ByteImages, ReportProgress } from '../dataset.ts'
import { createByteReader } from './byteReader.ts'
import { type CifarImages, officialArchive } from './cifarImages.ts'
import { checkBatchSize, decodeBatch } from './decodeBatch.ts'
import { batchNameOf, isCompanion, wrongVersion } from './fileNames.ts'
import { joinBatches } from './joinBatches.ts'
import { parseTarHeader, readTar } from './readTar.ts'
import { UserFileError } from './userFileError.ts'

/** What the reader needs of a `File`. */
export interface UserFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** The visitor's images, with a sentence that they should know, if any; or what is wrong with the files and what to do. */
export type CifarReading =
  | { readonly ok: true; readonly cifar: CifarImages; readonly note: string | null }
  | { readonly ok: false; readonly sentence: string }

/** Batches read so far, by file name as official: `data_batch_1.bin` … `test_batch.bin`. */
type Batches = Map<string, ByteImages>

const officialName = (path: string): string | null => {
  const batch = batchNameOf(path)
  if (batch === null) return null
  return batch.split === 'validation' ? 'test_batch.bin' : `data_batch_${batch.number}.bin`
}

/** The beginning of a file, at most one tar block. */
const readHead = async (file: UserFile): Promise<Uint8Array> => {
  const reader = createByteReader(file.stream(), unreadable(file), () => undefined)
  const head = await reader.take(512)
  await reader.close()
  return head
}

const unreadable = ({ name }: UserFile): string =>
  `${name} could not be read: it may have been moved, changed or locked. Choose it again.`

const readArchive = async (
  file: UserFile,
  isCompressed: boolean,
  batches: Batches,
  onBytes: (bytes: number) => void,
  pause: () => void | Promise<void>,
): Promise<void> => {
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.length)
      controller.enqueue(chunk)
    },
  })
  const counted = file.stream().pipeThrough(counting)
  const damaged = `${file.name} is damaged or cut short. Download ${officialArchive} again and choose it as it is.`
  const reader = isCompressed
    ? createByteReader(counted.pipeThrough(new DecompressionStream('gzip')), damaged, pause)
    : createByteReader(counted, unreadable(file), pause)
  let found = 0
  try {
    const ending = await readTar(
      reader,
      (entry) => {
        const wrong = wrongVersion(file.name, entry.name)
        if (wrong !== null) throw new UserFileError(wrong)
        const name = officialName(entry.name)
        if (name === null) return false
        checkBatchSize(`${name} in ${file.name}`, entry.bytes)
        found++
        return !batches.has(name)
      },
      async (entry, content) => {
        const name = officialName(entry.name)
        if (name !== null) batches.set(name, await decodeBatch(`${name} in ${file.name}`, content, pause))
      },
    )
    if (ending === 'no-tar') {
      throw new UserFileError(
        `${file.name} is not an archive of CIFAR-10. Choose ${officialArchive} as you downloaded it.`,
      )
    }
    if (ending === 'damaged') throw new UserFileError(damaged)
    if (found === 0) {
      throw new UserFileError(`${file.name} holds none of CIFAR-10's files. Choose ${officialArchive}.`)
    }
  } finally {
    await reader.close()
  }
}

const readBatch = async (
  file: UserFile,
  name: string,
  batches: Batches,
  onBytes: (bytes: number) => void,
  pause: () => void | Promise<void>,
): Promise<void> => {
  checkBatchSize(file.name, file.size)
  const reader = createByteReader(file.stream(), unreadable(file), async (bytes) => {
    onBytes(bytes)
    await pause()
  })
  try {
    batches.set(name, await decodeBatch(file.name, await reader.take(file.size), pause))
  } finally {
    await reader.close()
  }
}

/** Reads one file into `batches`; returns whether it was of any use. */
const readFile = async (
  file: UserFile,
  batches: Batches,
  onBytes: (bytes: number) => void,
  pause: () => void | Promise<void>,
): Promise<boolean> => {
  if (isCompanion(file.name)) return true
  const wrong = wrongVersion(file.name, file.name)
  if (wrong !== null) throw new UserFileError(wrong)
  if (file.size === 0) {
    throw new UserFileError(
      `${file.name} is empty. Download ${officialArchive} again and choose it as it is.`,
    )
  }
  const name = officialName(file.name)
  if (name !== null) {
    if (!batches.has(name)) await readBatch(file, name, batches, onBytes, pause)
    return true
  }
  const head = await readHead(file)
  const isCompressed = head[0] === 0x1f && head[1] === 0x8b
  if (!isCompressed && parseTarHeader(head) === null) return false
  await readArchive(file, isCompressed, batches, onBytes, pause)
  return true
}

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
  const totalBytes = Math.max(
    1,
    files.reduce((sum, file) => sum + file.size, 0),
  )
  let readBytes = 0
  let chunks = 0
  const onBytes = (bytes: number): void => {
    readBytes += bytes
  }
  const pause = async (): Promise<void> => {
    // Chunks of a stream are about 64 kB.
    if (chunks++ % 16 === 0) await report(Math.min(1, readBytes / totalBytes))
  }
  const batches: Batches = new Map()
  const unknown: string[] = []
  try {
    for (const file of files) {
      if (!(await readFile(file, batches, onBytes, pause))) unknown.push(file.name)
    }
    if (batches.size === 0) throw new UserFileError(nothingUseful(unknown))
    const reading = joinBatches(batches, unknown)
    await report(1)
    return { ok: true, ...reading }
  } catch (error) {
    if (error instanceof UserFileError) return { ok: false, sentence: error.message }
    throw error
  }
}
