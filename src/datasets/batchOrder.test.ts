import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBatchOrder } from './batchOrder.ts'

const order = fc.record({
  batchSize: fc.integer({ min: 1, max: 40 }),
  extra: fc.integer({ min: 0, max: 200 }),
  seed: fc.nat(),
})

describe('createBatchOrder', () => {
  it('shows each image at most once an epoch, and only images that there are', () => {
    fc.assert(
      fc.property(order, fc.nat(5), ({ batchSize, extra, seed }, epoch) => {
        const count = batchSize + extra
        const { batchAt, batchesPerEpoch } = createBatchOrder(count, batchSize, seed)
        const seen = Array.from({ length: batchesPerEpoch }, (_, i) => [
          ...batchAt(epoch * batchesPerEpoch + i),
        ]).flat()
        expect(seen).toHaveLength(batchesPerEpoch * batchSize)
        expect(count - seen.length).toBeLessThan(batchSize)
        expect(new Set(seen).size).toBe(seen.length)
        expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...seen)).toBeLessThan(count)
      }),
    )
  })

  it('gives the same batch for a step whatever was asked before', () => {
    fc.assert(
      fc.property(order, fc.array(fc.nat(300), { minLength: 1, maxLength: 20 }), (spec, steps) => {
        const count = spec.batchSize + spec.extra
        const used = createBatchOrder(count, spec.batchSize, spec.seed)
        for (const step of steps) {
          const fresh = createBatchOrder(count, spec.batchSize, spec.seed)
          expect(used.batchAt(step)).toEqual(fresh.batchAt(step))
        }
      }),
    )
  })

  it('hands out arrays that a caller may keep', () => {
    const { batchAt } = createBatchOrder(20, 10, 1)
    const first = batchAt(0)
    const copy = first.slice()
    batchAt(1).fill(0)
    batchAt(5)
    expect(first).toEqual(copy)
  })

  it('shuffles anew each epoch and for each seed', () => {
    const { batchAt } = createBatchOrder(64, 64, 1)
    expect(batchAt(0)).not.toEqual(batchAt(1))
    expect(batchAt(0)).not.toEqual(createBatchOrder(64, 64, 2).batchAt(0))
    expect(batchAt(0)).not.toEqual(Int32Array.from({ length: 64 }, (_, i) => i))
  })

  it('says what to do where a batch is larger than the data', () => {
    expect(() => createBatchOrder(10, 64, 1)).toThrow(/Choose a smaller batch or more images/)
  })
})
