import { type PlainTensor, plainOf, valueAt } from './PlainTensor.ts'

/** Gradient of a function of one tensor by central differences, in double precision. */
export const numericGradient = (at: PlainTensor, f: (moved: PlainTensor) => number): PlainTensor => {
  const width = 1e-5
  const moved = (index: number, by: number): PlainTensor => {
    const values = at.values.slice()
    values[index] = valueAt(values, index) + by
    return { shape: at.shape, values }
  }
  return plainOf(
    at.shape,
    Array.from(at.values, (_, index) => (f(moved(index, width)) - f(moved(index, -width))) / (2 * width)),
  )
}
