import { classCount } from '../domain/experimentSpec.ts'
import type { ByteImages } from './dataset.ts'

/**
 * Indices of at most `count` images, as equally many of each class as there are, in the order of the file: each image is taken
 * until its class has its share. No seed has a say, so every seed trains on the same photographs, and fewer are among more.
 * Where a class has too few, the others make up for it.
 */
export const balancedIndices = (labels: Uint8Array, count: number): Int32Array => {
  const available = new Int32Array(classCount)
  for (const label of labels) available[label] = (available[label] ?? 0) + 1

  const share = new Int32Array(classCount)
  let left = Math.min(count, labels.length)
  while (left > 0) {
    for (let label = 0; label < classCount && left > 0; label++) {
      if ((share[label] as number) >= (available[label] as number)) continue
      share[label] = (share[label] as number) + 1
      left--
    }
  }

  const indices: number[] = []
  for (const [i, label] of labels.entries()) {
    const open = share[label] as number
    if (open === 0) continue
    share[label] = open - 1
    indices.push(i)
  }
  return Int32Array.from(indices)
}

/** The images that `balancedIndices` names. */
export const takeBalanced = (images: ByteImages, count: number): ByteImages => {
  const indices = balancedIndices(images.labels, count)
  const imageBytes = images.side * images.side * images.channels
  const pixels = new Uint8Array(indices.length * imageBytes)
  const labels = new Uint8Array(indices.length)
  for (const [to, from] of indices.entries()) {
    pixels.set(images.pixels.subarray(from * imageBytes, (from + 1) * imageBytes), to * imageBytes)
    labels[to] = images.labels[from] as number
  }
  return { ...images, pixels, labels, count: indices.length }
}
