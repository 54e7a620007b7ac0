import { type PlainTensor, sidesOf, valueAt } from './PlainTensor.ts'
import { varianceOf } from './plainStart.ts'

/** Root of the sum of squares of what a 3×3 kernel sees at each pixel, by pixel. */
export const patchNorms = (x: PlainTensor): readonly number[] => {
  const [batch, rows, columns, channels] = sidesOf(x)
  const squares = new Float64Array(batch * rows * columns)
  x.values.forEach((value, index) => {
    const pixel = Math.floor(index / channels)
    const [row, column] = [Math.floor(pixel / columns) % rows, pixel % columns]
    for (let i = Math.max(0, row - 1); i <= Math.min(rows - 1, row + 1); i++)
      for (let j = Math.max(0, column - 1); j <= Math.min(columns - 1, column + 1); j++) {
        const at = pixel + (i - row) * columns + (j - column)
        squares[at] = valueAt(squares, at) + value ** 2
      }
  })
  return [...squares].map(Math.sqrt)
}

/** Of each channel, the correlation of what goes into a block with what comes out. */
export const correlations = (x: PlainTensor, y: PlainTensor): readonly number[] => {
  const [, , , channels] = sidesOf(x)
  const channelOf = ({ values }: PlainTensor, channel: number): PlainTensor => {
    const own = values.filter((_, index) => index % channels === channel)
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length
    return { shape: [own.length], values: own.map((value) => value - mean) }
  }
  return Array.from({ length: channels }, (_, channel) => {
    const [a, b] = [channelOf(x, channel), channelOf(y, channel)]
    const product = a.values.reduce((sum, value, index) => sum + value * valueAt(b.values, index), 0)
    return product / (a.values.length * Math.sqrt(varianceOf(a) * varianceOf(b)))
  })
}

/** |y − x| / |x|, over all values. */
export const relativeChange = (x: PlainTensor, y: PlainTensor): number =>
  Math.hypot(...y.values.map((value, index) => value - valueAt(x.values, index))) / Math.hypot(...x.values)
