import type { ByteImages } from '../dataset.ts'
import { createByteReader } from './byteReader.ts'
import { officialArchive } from './cifarImages.ts'
import { checkBatchSize, decodeBatch } from './decodeBatch.ts'
import { isCompanion, officialNameOf, wrongVersion } from './fileNames.ts'
import { parseTarHeader, readTar } from './readTar.ts'
import { UserFileError } from './userFileError.ts'

/** What the reader needs of a `File`. */
export interface UserFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Where a reading stands. */
export interface Reading {
  /** Batches read so far, by their official names. */
  readonly batches: Map<string, ByteImages>
  /** Counts bytes of the visitor's files as they are read. */
  onBytes(bytes: number): void
  /** To be awaited after work on this many bytes: lets messages in, now and then. */
  pause(workBytes: number): Promise<void>
}

const unreadable = ({ name }: UserFile): string =>
  `${name} could not be read: it may have been moved, changed or locked. Choose it again.`

/** The beginning of a file, at most one tar block. */
const readHead = async (file: UserFile): Promise<Uint8Array> => {
  const reader = createByteReader(file.stream(), unreadable(file), () => undefined)
  const head = await reader.take(512)
  await reader.close()
  return head
}

/** The bytes of an archive as a tar holds them, unpacked where need be, and counted as they leave the file. */
const openArchive = (file: UserFile, isCompressed: boolean, damaged: string, { onBytes, pause }: Reading) => {
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.length)
      controller.enqueue(chunk)
    },
  })
  const counted = file.stream().pipeThrough(counting)
  return isCompressed
    ? createByteReader(counted.pipeThrough(new DecompressionStream('gzip')), damaged, pause)
    : createByteReader(counted, unreadable(file), pause)
}

const readArchive = async (file: UserFile, isCompressed: boolean, reading: Reading): Promise<void> => {
  const { batches, pause } = reading
  const damaged = `${file.name} is damaged or cut short. Download ${officialArchive} again and choose it as it is.`
  const reader = openArchive(file, isCompressed, damaged, reading)
  let found = 0
  try {
    const ending = await readTar(
      reader,
      (entry) => {
        const wrong = wrongVersion(file.name, entry.name)
        if (wrong !== null) throw new UserFileError(wrong)
        const name = officialNameOf(entry.name)
        if (name === null) return false
        checkBatchSize(`${name} in ${file.name}`, entry.bytes)
        found++
        return !batches.has(name)
      },
      async (entry, content) => {
        const name = officialNameOf(entry.name)
        if (name !== null) batches.set(name, await decodeBatch(`${name} in ${file.name}`, content, pause))
      },
    )
    if (ending === 'damaged') throw new UserFileError(damaged)
    if (ending === 'no-tar') {
      throw new UserFileError(
        `${file.name} is not an archive of CIFAR-10. Choose ${officialArchive} as you downloaded it.`,
      )
    }
    if (found === 0) {
      throw new UserFileError(`${file.name} holds none of CIFAR-10's files. Choose ${officialArchive}.`)
    }
  } finally {
    await reader.close()
  }
}

const readBatch = async (file: UserFile, name: string, reading: Reading): Promise<void> => {
  checkBatchSize(file.name, file.size)
  const reader = createByteReader(file.stream(), unreadable(file), async (bytes) => {
    reading.onBytes(bytes)
    await reading.pause(bytes)
  })
  try {
    const bytes = await reader.take(file.size)
    reading.batches.set(name, await decodeBatch(file.name, bytes, reading.pause))
  } finally {
    await reader.close()
  }
}

/**
 * Reads one file, an archive or a single batch, into `reading`; returns false where it is neither. A batch that is there
 * already is passed over. Throws a UserFileError where the file is a wrong or damaged one.
 */
export const readFile = async (file: UserFile, reading: Reading): Promise<boolean> => {
  if (isCompanion(file.name)) return true
  const wrong = wrongVersion(file.name, file.name)
  if (wrong !== null) throw new UserFileError(wrong)
  const name = officialNameOf(file.name)
  if (name !== null) {
    if (!reading.batches.has(name)) await readBatch(file, name, reading)
    return true
  }
  const head = await readHead(file)
  if (head.length === 0) {
    throw new UserFileError(
      `${file.name} is empty. Download ${officialArchive} again and choose it as it is.`,
    )
  }
  const isCompressed = head[0] === 0x1f && head[1] === 0x8b
  if (!isCompressed && parseTarHeader(head) === null) return false
  await readArchive(file, isCompressed, reading)
  return true
}
