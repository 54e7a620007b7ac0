import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import { relativeError } from '../parity/relativeError.ts'
import type { PlainTensor } from './PlainTensor.ts'

export const onDevice = <T extends Tensor>({ shape, values }: PlainTensor): T =>
  tensor(Float32Array.from(values), [...shape]) as T

/** How far a tensor on the device is from what it should be: max|a − b| / max|b|, at least `floor`. Disposes it. */
export const errorOf = async (actual: Tensor, expected: PlainTensor, floor = 1e-3): Promise<number> => {
  const isSameShape = actual.shape.join() === expected.shape.join()
  const values = await actual.data()
  actual.dispose()
  if (!isSameShape) return Number.POSITIVE_INFINITY
  return relativeError({ name: '', actual: values, expected: expected.values }, floor)
}
