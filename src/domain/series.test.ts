import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSmoother, downsampledIndices, epochOf, logFloor, onLogAxis, smoothed } from './series.ts'

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 })
const weight = fc.double({ min: 0, max: 0.99, noNaN: true })

describe('smoothing', () => {
  it('at weight 0 gives every value back', () => {
    fc.assert(
      fc.property(values, (series) => {
        // Adding 0 makes one zero of the two.
        expect(smoothed(series, 0).map((value) => value + 0)).toEqual(series.map((value) => value + 0))
      }),
    )
  })
  it('starts at the first value: the bias of an empty past is corrected', () => {
    expect(smoothed([80, 80, 80], 0.9)).toEqual([80, 80, 80].map((value) => expect.closeTo(value, 10)))
  })
  it('weighs the past as it says', () => {
    // (0.5 · 0.5 · 10 + 0.5 · 20) / (1 − 0.25)
    expect(smoothed([10, 20], 0.5)[1]).toBeCloseTo(50 / 3, 10)
  })
  it('stays between the lowest and the highest value so far', () => {
    fc.assert(
      fc.property(values, weight, (series, past) => {
        smoothed(series, past).forEach((value, i) => {
          const soFar = series.slice(0, i + 1)
          expect(value).toBeGreaterThanOrEqual(Math.min(...soFar) - 1e-6)
          expect(value).toBeLessThanOrEqual(Math.max(...soFar) + 1e-6)
        })
      }),
    )
  })
  it('one by one is the same as all at once', () => {
    fc.assert(
      fc.property(values, weight, (series, past) => {
        const smoother = createSmoother(past)
        expect(series.map((value) => smoother.push(value))).toEqual(smoothed(series, past))
      }),
    )
  })
  it('passes a gap on, and goes on after it as if it had not been', () => {
    expect(smoothed([10, Number.NaN, 20], 0.5)).toEqual([10, Number.NaN, smoothed([10, 20], 0.5)[1]])
  })
  it('takes weights out of range as the nearest possible', () => {
    expect(smoothed([1, 2, 3], 5)).toEqual(smoothed([1, 2, 3], 0.99))
    expect(smoothed([1, 2, 3], -1)).toEqual([1, 2, 3])
    expect(smoothed([1, 2, 3], Number.NaN)).toEqual([1, 2, 3])
  })
})

describe('downsampling', () => {
  it('keeps all of a short series', () => {
    expect(downsampledIndices([3, 1, 2], 10)).toEqual([0, 1, 2])
    expect(downsampledIndices([], 10)).toEqual([])
  })
  it('keeps both ends and both extremes, in order, in little room', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 60 }), (series, buckets) => {
        const kept = downsampledIndices(series, buckets)
        const drawn = kept.map((i) => series[i] ?? Number.NaN)
        expect(kept[0]).toBe(0)
        expect(kept.at(-1)).toBe(series.length - 1)
        expect(kept.every((index, i) => i === 0 || index > (kept[i - 1] ?? -1))).toBe(true)
        expect(Math.min(...drawn)).toBe(Math.min(...series))
        expect(Math.max(...drawn)).toBe(Math.max(...series))
        expect(kept.length).toBeLessThanOrEqual(2 * buckets + 2)
      }),
    )
  })
  it('does not move points while a series grows within one length of bucket', () => {
    const series = Array.from({ length: 1000 }, (_, i) => Math.sin(i * i))
    const before = downsampledIndices(series.slice(0, 600), 128).slice(0, -4)
    expect(downsampledIndices(series, 128).slice(0, before.length)).toEqual(before)
  })
  it('keeps a gap as a gap', () => {
    const series = Array.from({ length: 64 }, (_, i) => (i < 32 ? Number.NaN : i))
    const kept = downsampledIndices(series, 8)
    expect(kept.some((i) => Number.isNaN(series[i]))).toBe(true)
    expect(kept).toContain(32)
    expect(kept).toContain(63)
  })
})

describe('axes', () => {
  it('count epochs as passes through the images', () => {
    expect(epochOf(300, 64, 5000)).toBeCloseTo(3.84, 10)
  })
  it.each([
    [64, 1],
    [500, 0.1],
    [100, 1],
    [1000, 0.1],
  ])('have a logarithmic floor for %i images at %f %%', (images, floor) => {
    expect(logFloor(images)).toBeCloseTo(floor, 12)
  })
  it('put an error of 0 on the floor', () => {
    expect(onLogAxis(0, 0.1)).toBe(0.1)
    expect(onLogAxis(5, 0.1)).toBe(5)
    expect(onLogAxis(Number.NaN, 0.1)).toBeNaN()
  })
})
