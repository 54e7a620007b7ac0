import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from './format.ts'
import { parseNumber } from './parseNumber.ts'

describe('typed numbers', () => {
  it('takes decimals as people write them', () => {
    expect(['0.05', '0,05', ' 5 000 ', '1e-4', '.5', '+3', '-2', '−6'].map(parseNumber)).toEqual([
      0.05, 0.05, 5000, 1e-4, 0.5, 3, -2, -6,
    ])
  })
  it('refuses everything else', () => {
    for (const text of ['', ' ', 'abc', '1.2.3', '1,2,3', 'NaN', 'Infinity', '0x10', '--1', '1e', 'e5'])
      expect(parseNumber(text), text).toBeNaN()
  })
  it('reads back what fields show', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e8, noNaN: true }), (value) => {
        const shown = parseNumber(formatNumber(value))
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(1e-5 * value + 1e-9)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (value) => {
        expect(parseNumber(formatNumber(value))).toBe(value)
      }),
    )
  })
  it('never gives an infinite number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseNumber(text)
        expect(Number.isNaN(value) || Number.isFinite(value)).toBe(true)
      }),
    )
    expect(parseNumber('1e999')).toBeNaN()
  })
})
