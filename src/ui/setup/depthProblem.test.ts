import { expect, it } from 'vitest'
import { depthProblem } from './depthProblem.ts'

it('takes depths of the form 6n + 2 only, and says which are near', () => {
  expect(depthProblem(32, 8)).toBeNull()
  expect(depthProblem(110, 8)).toBeNull()
  expect(depthProblem(33, 8)).toContain('32 and 38')
  expect(depthProblem(2, null)).toContain('8 and 14')
  expect(depthProblem(-4, null)).toContain('8 and 14')
  expect(depthProblem(32.5, null)).not.toBeNull()
  expect(depthProblem(6002, null)).toContain('At most')
})

it('keeps the deep networks deeper than the reference', () => {
  expect(depthProblem(8, 8)).toContain('deeper')
  expect(depthProblem(8, null)).toBeNull()
})
