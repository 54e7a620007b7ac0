import { describe, expect, it } from 'vitest'
import { dropoutKeyAt, dropoutMask } from './dropoutMask.ts'

const size = 40_000

/** 1 where a value is kept. */
const keptOf = (key: number, block: number, rate: number): readonly number[] =>
  Array.from(dropoutMask(key, block, size, rate), (factor) => (factor === 0 ? 0 : 1))

/** Share of the places where both are equal. */
const agreement = (a: readonly number[], b: readonly number[]): number =>
  a.filter((value, index) => value === b[index]).length / a.length

/** Five standard deviations of a share near one half. */
const tolerance = (5 * 0.5) / Math.sqrt(size)

describe('dropout mask', () => {
  it.each([0, 0.1, 0.5, 0.9])('of rate %d has a mean of 1', (rate) => {
    for (const key of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      const mask = dropoutMask(key, 3, size, rate)
      const kept = mask.filter((factor) => factor > 0).length / size
      expect(Math.abs(kept - (1 - rate))).toBeLessThan(tolerance)
      expect(new Set(mask)).toEqual(new Set(rate === 0 ? [1] : [0, Math.fround(1 / (1 - rate))]))
    }
  })

  it('of a larger batch begins with that of a smaller one, and depends on nothing but its arguments', () => {
    expect(dropoutMask(7, 2, 100, 0.5)).toEqual(dropoutMask(7, 2, size, 0.5).subarray(0, 100))
  })

  it('keeps at a lower rate what it keeps at a higher one', () => {
    const high = keptOf(5, 0, 0.8)
    const low = keptOf(5, 0, 0.2)
    expect(high.every((kept, index) => kept <= (low[index] ?? 0))).toBe(true)
  })

  it('of one key and block says nothing of another, nor one value of its neighbours', () => {
    const masks = [0, 1, 2, 0x80000000].flatMap((key) =>
      [0, 1, 2, 26].map((block) => keptOf(key, block, 0.5)),
    )
    masks.forEach((a, i) => {
      for (const b of masks.slice(i + 1)) expect(Math.abs(agreement(a, b) - 0.5)).toBeLessThan(tolerance)
      for (const shift of [1, 2, 8, 64, 512])
        expect(Math.abs(agreement(a.slice(shift), a.slice(0, -shift)) - 0.5)).toBeLessThan(tolerance)
    })
  })

  it('is the same for ever', () => {
    expect([...dropoutMask(123456789, 4, 24, 0.5)].map((factor) => factor / 2).join('')).toBe(
      '010100111001100110100010',
    )
  })
})

describe('dropout key', () => {
  it('is 32 bits, of its own step and seed', () => {
    const keys = [1, 2, 3].flatMap((seed) =>
      Array.from({ length: 100 }, (_, step) => dropoutKeyAt(seed, step)),
    )
    expect(new Set(keys).size).toBe(300)
    expect(keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 32)).toBe(true)
    expect(dropoutKeyAt(2, 5)).toBe(dropoutKeyAt(2, 5))
  })
})
