import { describe, expect, it } from 'vitest'
import { relativeError, worstOf } from './relativeError.ts'

describe('relative error', () => {
  it('is the largest difference over the largest value', () => {
    expect(relativeError({ name: 'a', actual: [1, 2, -3.9], expected: [1, 2, -4] })).toBeCloseTo(0.025)
    expect(relativeError({ name: 'a', actual: [0, 0], expected: [0, 0] })).toBe(0)
  })

  it('is infinite where a value is missing or no number', () => {
    expect(relativeError({ name: 'a', actual: [1], expected: [1, 2] })).toBe(Number.POSITIVE_INFINITY)
    expect(relativeError({ name: 'a', actual: [Number.NaN], expected: [1] })).toBe(Number.POSITIVE_INFINITY)
  })

  it('measures a tensor that is nearly zero against a thousandth of the largest of its kind', () => {
    const worst = worstOf([
      { name: 'large', actual: [1000], expected: [1000] },
      { name: 'zero by construction', actual: [1e-6], expected: [0] },
    ])
    expect(worst).toEqual({ name: 'zero by construction', error: 1e-6 })
    const alone = worstOf([{ name: 'small', actual: [2e-6], expected: [1e-6] }])
    expect(alone.error).toBeCloseTo(1)
  })
})
