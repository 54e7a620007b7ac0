import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream, shuffle } from './random.ts'

const first = (count: number, next: () => number): number[] => Array.from({ length: count }, next)
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const momentOf = (values: readonly number[], power: number): number => {
  const mean = meanOf(values)
  return meanOf(values.map((value) => (value - mean) ** power))
}

describe('a random stream', () => {
  // A link opens the same experiment in every later version only while these numbers stay.
  it('gives these numbers, for ever', () => {
    const uniform = randomStream(1, 'golden')
    expect(first(3, () => uniform.uniform())).toEqual([
      0.4536106768064201, 0.47216094355098903, 0.8775266665033996,
    ])
    const normal = randomStream(1, 'golden')
    const expected = [-2.557292582257993, -1.53467668103358, 0.48052128643621944]
    expect(first(3, () => normal.normal())).toEqual(expected.map((value) => expect.closeTo(value, 12)))
    const integer = randomStream(7, 'golden')
    expect(first(8, () => integer.integer(100))).toEqual([46, 50, 73, 74, 58, 60, 57, 72])
    const order = Int32Array.from({ length: 8 }, (_, i) => i)
    expect([...shuffle(randomStream(3, 'order'), order)]).toEqual([1, 3, 7, 4, 0, 5, 6, 2])
  })

  it('is the same for the same seed and name, and another for another of either', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.string(), fc.string(), (seed, name, other) => {
        const numbers = (of: number, called: string) => first(4, randomStream(of, called).uniform)
        expect(numbers(seed, name)).toEqual(numbers(seed, name))
        expect(numbers(seed ^ 1, name)).not.toEqual(numbers(seed, name))
        if (other !== name) expect(numbers(seed, other)).not.toEqual(numbers(seed, name))
      }),
    )
  })

  it('is uniform in [0, 1)', () => {
    const stream = randomStream(5, 'uniform')
    const values = first(100_000, () => stream.uniform())
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(values.every((value) => value < 1)).toBe(true)
    expect(meanOf(values)).toBeCloseTo(0.5, 2)
    expect(momentOf(values, 2)).toBeCloseTo(1 / 12, 2)
    const tenths = Array<number>(10).fill(0)
    for (const value of values) tenths[Math.floor(10 * value)] = (tenths[Math.floor(10 * value)] ?? 0) + 1
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9_000))
  })

  it('is standard normal, to its fourth moment', () => {
    const stream = randomStream(5, 'normal')
    const values = first(200_000, () => stream.normal())
    expect(Math.abs(meanOf(values))).toBeLessThan(0.012)
    expect(Math.abs(momentOf(values, 2) - 1)).toBeLessThan(0.016)
    expect(Math.abs(momentOf(values, 3))).toBeLessThan(0.03)
    expect(Math.abs(momentOf(values, 4) - 3)).toBeLessThan(0.12)
  })

  it('shares nothing with the stream of a near name', () => {
    const a = randomStream(1, 'weights/stage1.block1.conv1')
    const b = randomStream(1, 'weights/stage1.block1.conv2')
    const products = first(50_000, () => a.normal() * b.normal())
    expect(Math.abs(meanOf(products))).toBeLessThan(0.02)
  })

  it('gives integers below their bound, each as often', () => {
    const stream = randomStream(5, 'integer')
    const counts = Array<number>(7).fill(0)
    for (const value of first(70_000, () => stream.integer(7))) counts[value] = (counts[value] ?? 0) + 1
    expect(counts).toHaveLength(7)
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})

it('a shuffle loses and doubles nothing, and leaves few things in place', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.integer()), (seed, items) => {
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
      expect(sorted(shuffle(randomStream(seed, 'order'), [...items]))).toEqual(sorted(items))
    }),
  )
  const shuffled = shuffle(
    randomStream(1, 'order'),
    Array.from({ length: 1000 }, (_, i) => i),
  )
  expect(shuffled.filter((value, i) => value === i).length).toBeLessThan(8)
})
