import { cos, sin } from '../../domain/portableMath/sinCos.ts'

/**
 * sin(kx·x + ky·y + phase) over a square of samples. The sine of a sum splits into products of what depends on the column and
 * what depends on the row, so an image costs 4 × size sines instead of size².
 */
export interface PlaneWave {
  readonly columnSine: Float64Array
  readonly columnCosine: Float64Array
  readonly rowSine: Float64Array
  readonly rowCosine: Float64Array
}

export const createPlaneWave = (size: number): PlaneWave => ({
  columnSine: new Float64Array(size),
  columnCosine: new Float64Array(size),
  rowSine: new Float64Array(size),
  rowCosine: new Float64Array(size),
})

/** `positions`: the coordinate of each row and column, −1 … 1. `kx`, `ky`: radians per unit. */
export const setPlaneWave = (
  wave: PlaneWave,
  positions: Float64Array,
  kx: number,
  ky: number,
  phase: number,
): void => {
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number
    wave.columnSine[i] = sin(kx * position + phase)
    wave.columnCosine[i] = cos(kx * position + phase)
    wave.rowSine[i] = sin(ky * position)
    wave.rowCosine[i] = cos(ky * position)
  }
}

export const planeWaveAt = (wave: PlaneWave, row: number, column: number): number =>
  (wave.columnSine[column] as number) * (wave.rowCosine[row] as number) +
  (wave.columnCosine[column] as number) * (wave.rowSine[row] as number)
