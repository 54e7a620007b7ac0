import type { Batch } from '../executor.ts'

/**
 * For every pixel of an augmented batch, the pixel of the data set that it shows: [B·S·S] indices into images laid
 * end to end, `emptyPixel` where zeros enter. The image is shifted first (down and right by its shifts), then mirrored.
 */
export const augmentedPixels = (
  { indices, augmentation }: Batch,
  side: number,
  emptyPixel: number,
): Int32Array => {
  const pixels = new Int32Array(indices.length * side * side)
  let at = 0
  indices.forEach((image, position) => {
    const rowShift = augmentation?.rowShifts[position] ?? 0
    const columnShift = augmentation?.columnShifts[position] ?? 0
    const isFlipped = augmentation?.flips[position] === 1
    for (let row = 0; row < side; row++) {
      const fromRow = row - rowShift
      for (let column = 0; column < side; column++) {
        const fromColumn = (isFlipped ? side - 1 - column : column) - columnShift
        const isInside = fromRow >= 0 && fromRow < side && fromColumn >= 0 && fromColumn < side
        pixels[at++] = isInside ? (image * side + fromRow) * side + fromColumn : emptyPixel
      }
    }
  })
  return pixels
}
