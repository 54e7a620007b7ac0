import type { ByteReader } from './byteReader.ts'

const blockBytes = 512

export interface TarEntry {
  /** Path inside the archive. */
  readonly name: string
  readonly bytes: number
  readonly isFile: boolean
}

const ascii = (block: Uint8Array, start: number, length: number): string => {
  let text = ''
  for (let i = start; i < start + length; i++) {
    const code = block[i] as number
    if (code === 0) break
    text += String.fromCharCode(code)
  }
  return text
}

/** A number in octal digits, or null where there is something else. */
const octal = (block: Uint8Array, start: number, length: number): number | null => {
  const text = ascii(block, start, length).trim()
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : null
}

/**
 * The header of one entry, or null where the block is none: the sum of its bytes must be the one that it states, with that
 * field itself counted as spaces (POSIX.1-1988, ustar).
 */
export const parseTarHeader = (block: Uint8Array): TarEntry | null => {
  if (block.length < blockBytes) return null
  const stated = octal(block, 148, 8)
  const bytes = octal(block, 124, 12)
  if (stated === null || bytes === null) return null
  let sum = 0
  for (let i = 0; i < blockBytes; i++) sum += i >= 148 && i < 156 ? 32 : (block[i] as number)
  if (sum !== stated) return null
  const type = block[156] as number
  return { name: ascii(block, 0, 100), bytes, isFile: type === 0 || type === 0x30 }
}

/** How an archive ended: all was read, it was no tar archive at all, or it broke off or went wrong inside. */
export type TarEnding = 'complete' | 'no-tar' | 'damaged'

/**
 * Walks through a tar archive as it streams in, so that never more than one entry is in memory. `onFile` is given the entries
 * that it says it `wants`; the rest is passed over.
 */
export const readTar = async (
  reader: ByteReader,
  wants: (entry: TarEntry) => boolean,
  onFile: (entry: TarEntry, content: Uint8Array<ArrayBuffer>) => void | Promise<void>,
): Promise<TarEnding> => {
  for (let isFirst = true; ; isFirst = false) {
    const block = await reader.take(blockBytes)
    // Zeros end an archive; some writers leave them out.
    if (!isFirst && block.every((byte) => byte === 0)) {
      await reader.skip(Number.POSITIVE_INFINITY)
      return 'complete'
    }
    const entry = parseTarHeader(block)
    if (entry === null) return isFirst ? 'no-tar' : 'damaged'
    const padding = (blockBytes - (entry.bytes % blockBytes)) % blockBytes
    if (entry.isFile && wants(entry)) {
      const content = await reader.take(entry.bytes)
      if (content.length < entry.bytes) return 'damaged'
      await onFile(entry, content)
      await reader.skip(padding)
    } else if ((await reader.skip(entry.bytes + padding)) < entry.bytes) {
      return 'damaged'
    }
  }
}
