import { expect, it } from 'vitest'
import { defaultBudgetBytes } from '../engine/fused/fusedSupport.ts'
import { fusedBudgetBytes } from './fusedBudget.ts'

it('takes a quarter of a small machine’s memory, and never more than the default', () => {
  expect(fusedBudgetBytes({ memoryGb: 2, isPhone: false })).toBe(2 ** 29)
  expect(fusedBudgetBytes({ memoryGb: 0.5, isPhone: true })).toBe(2 ** 27)
  expect(fusedBudgetBytes({ memoryGb: 32, isPhone: false })).toBe(defaultBudgetBytes)
})

it('takes less on a phone that does not say what it has', () => {
  expect(fusedBudgetBytes({ memoryGb: null, isPhone: true })).toBeLessThan(defaultBudgetBytes)
  expect(fusedBudgetBytes({ memoryGb: null, isPhone: false })).toBe(defaultBudgetBytes)
})
