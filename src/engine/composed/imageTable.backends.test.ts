import { memory } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageSet } from '../../datasets/dataset.ts'
import { randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import type { Batch } from '../executor.ts'
import { plainMoved } from '../testing/plainMoved.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { createImageTable, hostTable, residentTable } from './imageTable.ts'

const cases = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 6 }),
  side: fc.integer({ min: 1, max: 7 }),
  channels: fc.constantFrom(1, 3),
  batch: fc.integer({ min: 1, max: 5 }),
  augmented: fc.boolean(),
})

describe.each(suiteBackends())('images on %s', (backend) => {
  let open: OpenBackend
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())

  it('come out of the device and out of memory as plain loops move them', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, count, side, channels, batch, augmented }) => {
        const stream = randomStream(seed, 'images')
        const set: ImageSet = {
          images: Float32Array.from({ length: count * side * side * channels }, () => stream.normal()),
          labels: new Int32Array(count),
          count,
          side,
          channels,
        }
        const drawn = <T extends { readonly length: number }>(
          from: () => number,
          to: (n: number[]) => T,
        ): T => to(Array.from({ length: batch }, from))
        const moved: Batch = {
          indices: drawn(() => stream.integer(count), Int32Array.from.bind(Int32Array)),
          augmentation: augmented
            ? {
                rowShifts: drawn(() => stream.integer(7) - 3, Int8Array.from.bind(Int8Array)),
                columnShifts: drawn(() => stream.integer(7) - 3, Int8Array.from.bind(Int8Array)),
                flips: drawn(() => stream.integer(2), Uint8Array.from.bind(Uint8Array)),
              }
            : null,
        }
        const expected = plainMoved(set, moved)
        for (const table of [residentTable(set), hostTable(set)]) {
          const images = table.gatherBatch(moved)
          expect(images.shape).toEqual([batch, side, side, channels])
          // Zeros that a mirrored shift leaves behind may carry a sign.
          expect([...(await images.data())].map((value) => value + 0)).toEqual(expected)
          images.dispose()
          table.dispose()
        }
      }),
      { numRuns: backend === 'webgl' ? 10 : 40 },
    )
  })

  it('stay in memory where the device is too small for them', () => {
    const set: ImageSet = {
      images: new Float32Array(4 * 9),
      labels: new Int32Array(4),
      count: 4,
      side: 3,
      channels: 1,
    }
    const before = memory().numTensors
    const small = createImageTable(set, { bytes: 10, pixels: 1e6 })
    const manyPixels = createImageTable(set, { bytes: 1e6, pixels: 10 })
    expect(memory().numTensors).toBe(before)
    const large = createImageTable(set, { bytes: 1e6, pixels: 1e6 })
    expect(memory().numTensors).toBe(before + 1)
    for (const table of [small, manyPixels, large]) table.dispose()
    expect(memory().numTensors).toBe(before)
  })
})
