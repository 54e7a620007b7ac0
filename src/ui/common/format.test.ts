import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatList, formatNumber, formatRate } from './format.ts'

describe('numbers on the page', () => {
  it('counts parameters in thousands and millions', () => {
    expect([999, 19_000, 19_340, 116_840, 1_740_000].map(formatCount)).toEqual([
      '999',
      '19 k',
      '19.3 k',
      '117 k',
      '1.7 M',
    ])
  })
  it('says memory in its units', () => {
    expect([640_000, 999_600, 24_000_000, 24_310_000, 1_240_000_000].map(formatBytes)).toEqual([
      '640 kB',
      '1.0 MB',
      '24 MB',
      '24.3 MB',
      '1.2 GB',
    ])
  })
  it('says durations coarsely', () => {
    expect([0.2, 47.3, 59.8, 202, 3590, 7500, Number.POSITIVE_INFINITY].map(formatDuration)).toEqual([
      '1 s',
      '47 s',
      '1 min',
      '3 min 20 s',
      '1 h',
      '2 h 5 min',
      '–',
    ])
  })
  it('says rates with as many digits as matter', () => {
    expect([0.42, 0.999, 6.44, 9.96, 38.4].map(formatRate)).toEqual(['0.42', '1.0', '6.4', '10', '38'])
  })
  it('writes numbers as they are typed', () => {
    expect([0, 0.05, 0.0001, 0.1 + 0.2, 300, 0.000001].map(formatNumber)).toEqual([
      '0',
      '0.05',
      '0.0001',
      '0.3',
      '300',
      '0.000001',
    ])
  })
  it('lists in words', () => {
    expect([[1], [2, 3], [1, 2, 3]].map(formatList)).toEqual(['1', '2 and 3', '1, 2 and 3'])
  })
})
