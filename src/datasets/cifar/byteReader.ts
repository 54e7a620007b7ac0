import { UserFileError } from './userFileError.ts'

/** Reads a stream of bytes in pieces of asked sizes, holding no more than one piece and one chunk. */
export interface ByteReader {
  /** The next `length` bytes, or all that are left where there are fewer. */
  take(length: number): Promise<Uint8Array<ArrayBuffer>>
  /** Passes over `length` bytes; returns how many there were. */
  skip(length: number): Promise<number>
  /** Lets go of the stream, read to its end or not. */
  close(): Promise<void>
}

export const createByteReader = (
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  /** Said, in a UserFileError, where the stream fails. */
  failure: string,
  /** Awaited for every chunk, with its length: progress, and a moment for messages. */
  onChunk: (bytes: number) => void | Promise<void>,
): ByteReader => {
  const reader = stream.getReader()
  let chunk = new Uint8Array(0)

  /** At most `length` bytes, at least one, or none at the end. */
  const next = async (length: number): Promise<Uint8Array> => {
    while (chunk.length === 0) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new UserFileError(failure, { cause })
      })
      if (done) return new Uint8Array(0)
      chunk = value
      await onChunk(value.length)
    }
    const part = chunk.subarray(0, length)
    chunk = chunk.subarray(part.length)
    return part
  }

  return {
    async take(length) {
      const taken = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const part = await next(length - filled)
        if (part.length === 0) return taken.slice(0, filled)
        taken.set(part, filled)
        filled += part.length
      }
      return taken
    },
    async skip(length) {
      let skipped = 0
      while (skipped < length) {
        const part = await next(length - skipped)
        if (part.length === 0) break
        skipped += part.length
      }
      return skipped
    },
    async close() {
      // A stream that has failed refuses this too, and has said so already.
      await reader.cancel().catch(() => undefined)
    },
  }
}
