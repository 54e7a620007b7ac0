import type { ByteImages } from './dataset.ts'

/**
 * All images of the parts in order; the parts must be of one side and as many channels. Empties `parts`, to free them early.
 * `pause` is awaited after each part, with its bytes.
 */
export const concatenateImages = async (
  parts: ByteImages[],
  side: number,
  channels: number,
  pause: (workBytes: number) => void | Promise<void>,
): Promise<ByteImages> => {
  const only = parts[0]
  if (only !== undefined && parts.length === 1) return only
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const imageBytes = side * side * channels
  const pixels = new Uint8Array(count * imageBytes)
  const labels = new Uint8Array(count)
  let filled = 0
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    pixels.set(part.pixels, filled * imageBytes)
    labels.set(part.labels, filled)
    filled += part.count
    await pause(part.pixels.length)
  }
  return { pixels, labels, count, side, channels }
}

/** Images `start` … `end` − 1, in arrays of their own. */
export const sliceImages = (images: ByteImages, start: number, end: number): ByteImages => {
  const imageBytes = images.side * images.side * images.channels
  const labels = images.labels.slice(start, end)
  return {
    ...images,
    pixels: images.pixels.slice(start * imageBytes, end * imageBytes),
    labels,
    count: labels.length,
  }
}
