import { expect, it } from 'vitest'
import { EngineUnavailable } from '../engineUnavailable.ts'
import { NotEnoughMemory } from '../notEnoughMemory.ts'
import { failureOf } from './failureOf.ts'
import { DeviceLost } from './whileAlive.ts'

it.each([
  [new DeviceLost('gone'), false, 'context-lost'],
  [new Error('shader did not link'), true, 'context-lost'],
  [new EngineUnavailable('This browser has no WebGL 2.'), false, 'unsupported'],
  [new RangeError('Array buffer allocation failed'), false, 'out-of-memory'],
  [new WebAssembly.RuntimeError('memory access out of bounds'), false, 'out-of-memory'],
  [new Error('WebAssembly.Memory.grow(): Unable to grow instance memory'), false, 'out-of-memory'],
  [new NotEnoughMemory('It would take 5 GB, and there are 4.'), false, 'out-of-memory'],
  [new Error('x is not a function'), false, 'internal'],
  ['thrown text', false, 'internal'],
])('%s, lost: %s → %s', (error, isLost, kind) => {
  const failure = failureOf(error, isLost)
  expect(failure.kind).toBe(kind)
  expect(failure.sentence).toMatch(/^[A-Z].*\.$/)
})

it('says what the engine said is missing', () => {
  expect(failureOf(new EngineUnavailable('No WebGL 2 here.'), false).sentence).toBe('No WebGL 2 here.')
})
