import type { Recipe } from './experimentSpec.ts'
import { cos } from './portableMath/sinCos.ts'

/**
 * Learning rate of a step (counted from 0): a linear warm-up to the base rate, then constant, or divided by 10 after a half and
 * again after three quarters of all steps (the proportions of He et al. 2015, section 4.2: 32k and 48k of 64k), or a
 * half cosine to 0.
 */
export const learningRateAt = (
  recipe: Pick<Recipe, 'steps' | 'warmupSteps' | 'schedule'>,
  baseRate: number,
  step: number,
): number => {
  const { steps, warmupSteps, schedule } = recipe
  if (step < warmupSteps) return (baseRate * (step + 1)) / warmupSteps
  switch (schedule) {
    case 'constant':
      return baseRate
    case 'step':
      return baseRate * (step >= 0.75 * steps ? 0.01 : step >= 0.5 * steps ? 0.1 : 1)
    case 'cosine': {
      const progress = (step - warmupSteps) / Math.max(1, steps - warmupSteps)
      return baseRate * 0.5 * (1 + cos(Math.PI * Math.min(1, progress)))
    }
    default:
      return schedule satisfies never
  }
}
