import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadLabels } from './spreadLabels.ts'

describe('spreadLabels', () => {
  it('leaves labels that have room where they wish to be', () => {
    expect(spreadLabels([300, 50, 120], 30, 0, 400)).toEqual([300, 50, 120])
  })

  it('moves two that collide apart by equal ways', () => {
    expect(spreadLabels([100, 110], 30, 0, 400)).toEqual([90, 120])
  })

  it('keeps the order given where wishes are equal', () => {
    expect(spreadLabels([20, 20, 20], 30, 0, 400)).toEqual([15, 45, 75])
  })

  it('never overlaps and stays inside wherever there is room for all', () => {
    const wishes = fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(wishes, (ys) => {
        const centres = [...spreadLabels(ys, 30, 0, 400)]
        const sorted = centres.toSorted((a, b) => a - b)
        sorted.forEach((centre, index) => {
          expect(centre).toBeGreaterThanOrEqual(15 - 1e-6)
          expect(centre).toBeLessThanOrEqual(385 + 1e-6)
          if (index > 0) expect(centre - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 - 1e-6)
        })
        ys.forEach((a, i) => {
          ys.forEach((b, j) => {
            if (a < b) expect(centres[i] ?? 0).toBeLessThan(centres[j] ?? 0)
          })
        })
      }),
    )
  })
})
