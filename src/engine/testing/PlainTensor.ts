import { sizeOf } from '../../domain/parameters.ts'
import type { RandomStream } from '../../domain/random.ts'

/** Values in double precision and their shape: what the plain references compute on. */
export interface PlainTensor {
  readonly shape: readonly number[]
  readonly values: Float64Array
}

export const plainZeros = (shape: readonly number[]): PlainTensor => ({
  shape,
  values: new Float64Array(sizeOf(shape)),
})

/** Standard normal values that float32 holds exactly, so that both sides start from the same numbers. */
export const plainNormal = (shape: readonly number[], stream: RandomStream): PlainTensor => ({
  shape,
  values: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(stream.normal())),
})

export const plainOf = (shape: readonly number[], values: ArrayLike<number>): PlainTensor => ({
  shape,
  values: Float64Array.from(values),
})

/** The four sides of an NHWC or HWIO tensor. */
export const sidesOf = ({ shape }: PlainTensor): readonly [number, number, number, number] => {
  const [a = 1, b = 1, c = 1, d = 1] = shape
  return [a, b, c, d]
}

export const valueAt = (values: ArrayLike<number>, index: number): number => {
  const value = values[index]
  if (value === undefined) throw new Error(`There is no value ${index}.`)
  return value
}
