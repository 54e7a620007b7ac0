import { expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import { runCaption } from './runCaption.ts'

it('tells a run from others in one line', () => {
  const { spec } = presetNamed('default')
  expect(runCaption({ spec, steps: [], marks: [] })).toBe(
    'plain-8, plain-32, residual-32 · digits 16×16 · rate 0.05 · seed 1 · 0 steps',
  )
  const intervention = { kind: 'learningRate', step: 3, to: 0.1 } as const
  const marks = [
    { kind: 'hidden', step: 2 },
    { kind: 'intervention', step: 3, intervention },
  ] as const
  expect(runCaption({ spec, steps: [], marks })).toContain('· 1 change on the way')
})
