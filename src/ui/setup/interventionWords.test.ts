import { expect, it } from 'vitest'
import { interventionWords } from './interventionWords.ts'

const base = { kind: 'shortcuts', step: 5, network: 2, to: 0, overSteps: 0 } as const

it('says what a planned change does', () => {
  expect(interventionWords({ kind: 'learningRate', step: 1, to: 0.02 })).toBe('learning rate 0.02')
  expect(interventionWords({ ...base, blocks: 'all' })).toBe('network 3: shortcuts off')
  expect(interventionWords({ ...base, blocks: [0] })).toBe('network 3: shortcut of block 1 off')
  expect(interventionWords({ ...base, blocks: [1, 3], to: 1, overSteps: 100 })).toBe(
    'network 3: shortcuts of blocks 2 and 4 on, faded over 100 steps',
  )
  expect(interventionWords({ ...base, blocks: [0, 1, 2, 3, 4, 5] })).toBe('network 3: 6 shortcuts off')
})
