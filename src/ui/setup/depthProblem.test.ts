import { expect, it } from 'vitest'
import { depthProblem } from './depthProblem.ts'

it('takes depths of the form 6n + 2 only, and says which are near', () => {
  expect(depthProblem(['basic'], 32, 8)).toBeNull()
  expect(depthProblem(['basic'], 110, 8)).toBeNull()
  expect(depthProblem(['basic'], 33, 8)).toContain('32 and 38')
  expect(depthProblem(['basic'], 2, null)).toContain('8 and 14')
  expect(depthProblem(['basic'], -4, null)).toContain('8 and 14')
  expect(depthProblem(['basic'], 32.5, null)).not.toBeNull()
  expect(depthProblem(['basic'], 6002, null)).toContain('At most')
})

it('takes depths of the form 9n + 2 for blocks of three layers', () => {
  expect(depthProblem(['bottleneck'], 164, 11)).toBeNull()
  expect(depthProblem(['resnext'], 29, 11)).toBeNull()
  expect(depthProblem(['bottleneck'], 32, 11)).toContain('9n + 2')
  expect(depthProblem(['bottleneck'], 32, 11)).toContain('29 and 38')
  expect(depthProblem(['bottleneck'], 8, null)).toContain('11 and 20')
})

it('takes a depth for blocks of both kinds only where it suits both', () => {
  expect(depthProblem(['basic', 'bottleneck'], 38, null)).toBeNull()
  expect(depthProblem(['basic', 'bottleneck'], 32, null)).toContain('bottleneck')
  expect(depthProblem(['basic', 'bottleneck'], 29, null)).toContain('basic')
})

it('keeps the deep networks deeper than the reference', () => {
  expect(depthProblem(['basic'], 8, 8)).toContain('deeper')
  expect(depthProblem(['basic'], 8, null)).toBeNull()
})
