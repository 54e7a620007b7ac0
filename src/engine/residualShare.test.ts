import { describe, expect, it } from 'vitest'
import type { AddOperation } from '../domain/networkPlan.ts'
import { labSpec, type PlainStart, plainStart, varianceOf } from './testing/plainStart.ts'
import { geometricMean, slopeOf } from './testing/trend.ts'

const seeds = [1, 2, 3] as const

/** Variance of F and of what each block's addition gives, in order. */
const variancesOf = (start: PlainStart): readonly { readonly residual: number; readonly sum: number }[] =>
  start.plan.operations
    .filter((operation): operation is AddOperation => operation.kind === 'add')
    .map(({ residual, output }) => ({
      residual: varianceOf(start.read(residual)),
      sum: varianceOf(start.read(output)),
    }))

const sharesOf = (start: PlainStart): readonly number[] =>
  variancesOf(start).map(({ residual, sum }) => Math.sqrt(residual / sum))

const meansOver = (rows: readonly (readonly number[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, index) => geometricMean(rows.map((row) => row[index] ?? Number.NaN)))

/** De & Smith 2020, section 2. Their setting: the order in which nothing stands behind the addition, He-normal. */
describe('what F adds to a block (De & Smith 2020)', { timeout: 60_000 }, () => {
  const preactivated = { order: 'full-preact', shortcut: 'A' } as const

  it('falls like 1/√number with batch norm: F gives 1 to a variance that grows by 1 a block', () => {
    const spec = labSpec({ ...preactivated, blocksPerStage: [15] })
    const shares = meansOver(seeds.map((seed) => sharesOf(plainStart(spec, seed))))
    // The stem, whose input has variance 1, begins with 2. Measured 0.86 to 1.08 on these seeds.
    shares.forEach((share, index) => {
      const expected = 1 / Math.sqrt(index + 1 + 2)
      expect(share / expected).toBeGreaterThan(0.75)
      expect(share / expected).toBeLessThan(1.25)
    })
  })

  it('is a variance that grows by about 1 a block in each stage of residual-32', () => {
    const spec = labSpec({ ...preactivated, blocksPerStage: [5, 5, 5] })
    const sums = meansOver(seeds.map((seed) => variancesOf(plainStart(spec, seed)).map(({ sum }) => sum)))
    for (const stage of [0, 1, 2]) {
      const means = sums.slice(5 * stage, 5 * stage + 5)
      // Measured 0.68 to 1.2 a block; a variance that doubled would be 16 times as large after four blocks.
      expect(slopeOf(means)).toBeGreaterThan(0.5)
      expect(slopeOf(means)).toBeLessThan(1.5)
      expect((means[4] ?? Number.NaN) / (means[0] ?? Number.NaN)).toBeLessThan(3)
    }
  })

  it('stays the same without batch norm: F and shortcut give alike, and the variance doubles in each block', () => {
    const spec = labSpec({ ...preactivated, batchNorm: false, blocksPerStage: [5, 5, 5] })
    const starts = seeds.map((seed) => variancesOf(plainStart(spec, seed)))
    const shares = meansOver(starts.map((rows) => rows.map(({ residual, sum }) => Math.sqrt(residual / sum))))
    // 1/√2; measured 0.6 to 0.7 in the first, middle and last five blocks.
    for (const stage of [0, 1, 2]) {
      const share = geometricMean(shares.slice(5 * stage, 5 * stage + 5))
      expect(share).toBeGreaterThan(0.5)
      expect(share).toBeLessThan(0.85)
    }
    const growths = starts.flatMap((rows) =>
      rows.flatMap(({ sum }, index) => (index % 5 === 0 ? [] : [sum / (rows[index - 1]?.sum ?? Number.NaN)])),
    )
    expect(geometricMean(growths)).toBeGreaterThan(1.5)
    expect(geometricMean(growths)).toBeLessThan(2.5)
  })
})
