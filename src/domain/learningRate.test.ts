import { describe, expect, it } from 'vitest'
import { learningRateAt } from './learningRate.ts'

const recipe = { steps: 400, warmupSteps: 50, schedule: 'constant' as const }

describe('learningRateAt', () => {
  it('rises linearly, its first step included, and has arrived at the end of the warm-up', () => {
    expect(learningRateAt(recipe, 0.05, 0)).toBeCloseTo(0.001, 15)
    expect(learningRateAt(recipe, 0.05, 24)).toBeCloseTo(0.025, 15)
    expect(learningRateAt(recipe, 0.05, 49)).toBe(0.05)
    expect(learningRateAt(recipe, 0.05, 399)).toBe(0.05)
  })
  it('starts at its base without a warm-up', () => {
    expect(learningRateAt({ ...recipe, warmupSteps: 0 }, 0.1, 0)).toBe(0.1)
  })
  it('in steps: a tenth from the half on, a hundredth from three quarters on', () => {
    const rates = [199, 200, 299, 300, 399].map((step) =>
      learningRateAt({ ...recipe, schedule: 'step' }, 1, step),
    )
    expect(rates).toEqual([1, 0.1, 0.1, 0.01, 0.01])
  })
  it('as a cosine: from the base after the warm-up, by its half in the middle, to nearly nothing', () => {
    const at = (step: number) => learningRateAt({ ...recipe, schedule: 'cosine' }, 1, step)
    expect(at(50)).toBe(1)
    expect(at(225)).toBeCloseTo(0.5, 12)
    expect(at(399)).toBeGreaterThan(0)
    expect(at(399)).toBeLessThan(1e-4)
  })
  it('is above 0 for a run that ends in its warm-up, under every schedule', () => {
    for (const schedule of ['constant', 'step', 'cosine'] as const)
      for (let step = 0; step < 20; step++)
        expect(learningRateAt({ steps: 20, warmupSteps: 50, schedule }, 1, step)).toBe((step + 1) / 50)
  })
})
