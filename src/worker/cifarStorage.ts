import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ByteImages } from '../datasets/dataset.ts'
import type { Split } from '../datasets/generateImages.ts'

/** What is kept beside the images themselves. */
export interface CifarRecord {
  readonly labels: Readonly<Record<Split, Uint8Array>>
  readonly thumbnails: readonly Uint8ClampedArray[]
  readonly note: string | null
}

/** Images kept together, 7.7 MB: few enough to read little for a small experiment. */
export const imagesPerChunk = 2500

interface CifarSchema extends DBSchema {
  readonly records: { readonly key: 'cifar10'; readonly value: CifarRecord }
  /** Pixels by `training/0`, `training/1`, … */
  readonly chunks: { readonly key: string; readonly value: Uint8Array }
}

type CifarDatabase = IDBPDatabase<CifarSchema>

/** Opened for each use: so no other tab ever waits for this one, and nothing is open while an experiment runs. */
const withDatabase = async <T>(use: (database: CifarDatabase) => Promise<T>): Promise<T> => {
  const database = await openDB<CifarSchema>('degradation-lab-cifar', 1, {
    upgrade(created) {
      created.createObjectStore('records')
      created.createObjectStore('chunks')
    },
  })
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

/** Without room the browser fails the whole transaction, and the write in progress only says that. */
export const isQuotaExceeded = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError'

const abort = (transaction: { abort(): void }): void => {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

/** Replaces what is kept, all or nothing. Rejects where the browser keeps nothing or has no room (`QuotaExceededError`). */
export const writeCifar = (record: CifarRecord, images: Readonly<Record<Split, ByteImages>>): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['records', 'chunks'], 'readwrite')
    // Seen to at once, in case the transaction fails while a chunk is awaited.
    const done = transaction.done.then(
      () => null,
      (failure: unknown) => failure,
    )
    try {
      const chunks = transaction.objectStore('chunks')
      await chunks.clear()
      for (const split of ['training', 'validation'] as const) {
        const { pixels, count } = images[split]
        const chunkBytes = imagesPerChunk * (pixels.length / Math.max(1, count))
        // One by one, so that only one chunk is copied at a time.
        for (let i = 0; i * imagesPerChunk < count; i++) {
          await chunks.put(pixels.slice(i * chunkBytes, (i + 1) * chunkBytes), `${split}/${i}`)
        }
      }
      await transaction.objectStore('records').put(record, 'cifar10')
    } catch (error) {
      abort(transaction)
      const failure = await done
      throw isQuotaExceeded(failure) ? failure : error
    }
    const failure = await done
    if (failure !== null) throw failure
  })

export const readCifarRecord = (): Promise<CifarRecord | null> =>
  withDatabase(async (database) => (await database.get('records', 'cifar10')) ?? null)

/** Pixels of the first `count` images of a split, or null where a part of them is missing. */
export const readCifarPixels = (
  split: Split,
  count: number,
  imageBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> =>
  withDatabase(async (database) => {
    const pixels = new Uint8Array(count * imageBytes)
    for (let start = 0; start < count; start += imagesPerChunk) {
      const wanted = Math.min(imagesPerChunk, count - start) * imageBytes
      const chunk = await database.get('chunks', `${split}/${start / imagesPerChunk}`)
      if (chunk === undefined || chunk.length < wanted) return null
      pixels.set(chunk.subarray(0, wanted), start * imageBytes)
    }
    return pixels
  })

export const clearCifar = (): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['records', 'chunks'], 'readwrite')
    await Promise.all([
      transaction.objectStore('records').clear(),
      transaction.objectStore('chunks').clear(),
      transaction.done,
    ])
  })
