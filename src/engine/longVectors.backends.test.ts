import { add, concat, tensor1d, tidy } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenBackend, openBackend } from './backends.ts'
import { suiteBackends } from './testing/suiteBackends.ts'

/** Numbers that tell where they stand, and that 16-bit floats hold. */
const counted = (length: number): Float32Array => Float32Array.from({ length }, (_, index) => index % 1000)

/** How many numbers of a vector that was joined from two, as flat gradients are, come out wrong when it is added to itself. */
const wrongSums = async (length: number): Promise<number> => {
  const values = counted(length)
  const half = Math.floor(length / 2)
  const sum = tidy(() => {
    const joined = concat([tensor1d(values.subarray(0, half)), tensor1d(values.subarray(half))])
    return add(joined, joined)
  })
  const read = await sum.data()
  sum.dispose()
  return values.filter((value, index) => read[index] !== 2 * value).length
}

describe.each(suiteBackends())('vectors on %s', (backend) => {
  let open: OpenBackend
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())

  // Whatever a GPU's longest row is (8,192 in software, 16,384 mostly, 32,768), one of these fits in one row and the next does not.
  it.each([100, 12_000, 24_000, 48_000, 100_000, 3_000])(
    'of %d numbers add up, whatever came before',
    async (length) => {
      expect(await wrongSums(length)).toBe(0)
    },
  )
})
