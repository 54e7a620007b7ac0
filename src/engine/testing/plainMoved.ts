import type { ImageSet } from '../../datasets/dataset.ts'
import type { Batch } from '../executor.ts'

/** Images of a batch, image by image and pixel by pixel: shifted down and right, zeros behind it, then mirrored. */
export const plainMoved = (
  { images, side, channels }: ImageSet,
  { indices, augmentation }: Batch,
): readonly number[] =>
  [...indices].flatMap((image, position) => {
    const shiftedRows = augmentation?.rowShifts[position] ?? 0
    const shiftedColumns = augmentation?.columnShifts[position] ?? 0
    const moved = new Array<number>(side * side * channels).fill(0)
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const toRow = row + shiftedRows
        const shifted = column + shiftedColumns
        if (toRow < 0 || toRow >= side || shifted < 0 || shifted >= side) continue
        const toColumn = augmentation?.flips[position] === 1 ? side - 1 - shifted : shifted
        for (let c = 0; c < channels; c++)
          moved[(toRow * side + toColumn) * channels + c] =
            images[((image * side + row) * side + column) * channels + c] ?? Number.NaN
      }
    return moved
  })
