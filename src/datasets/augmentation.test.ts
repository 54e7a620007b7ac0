import { describe, expect, it } from 'vitest'
import { drawAugmentation } from './augmentation.ts'

describe('drawAugmentation', () => {
  it.each([
    [12, 1],
    [16, 2],
    [32, 4],
  ])('shifts by up to an eighth of side %i, each way equally often', (side, reach) => {
    const { rowShifts, columnShifts, flips } = drawAugmentation(0, 4000, side, 1)
    for (const shifts of [rowShifts, columnShifts]) {
      expect(Math.min(...shifts)).toBe(-reach)
      expect(Math.max(...shifts)).toBe(reach)
      const still = shifts.filter((shift) => shift === 0).length / shifts.length
      expect(still).toBeCloseTo(1 / (2 * reach + 1), 1)
    }
    expect(flips.reduce((a, b) => a + b) / flips.length).toBeCloseTo(0.5, 1)
    expect(Math.max(...flips)).toBe(1)
    expect(rowShifts).not.toEqual(columnShifts)
  })

  it('depends on step and seed alone', () => {
    expect(drawAugmentation(7, 64, 16, 1)).toEqual(drawAugmentation(7, 64, 16, 1))
    expect(drawAugmentation(7, 64, 16, 1)).not.toEqual(drawAugmentation(8, 64, 16, 1))
    expect(drawAugmentation(7, 64, 16, 1)).not.toEqual(drawAugmentation(7, 64, 16, 2))
  })
})
