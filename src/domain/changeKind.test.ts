import { expect, it } from 'vitest'
import { changeKind } from './changeKind.ts'
import { presetNamed } from './presets.ts'

const base = presetNamed('default').spec
const fasterSpec = { ...base, recipe: { ...base.recipe, learningRate: 0.1 } }

it('a change to nothing is none, whatever the order of keys', () => {
  const { seed, ...rest } = base
  expect(changeKind(base, { seed, ...rest })).toBe('none')
})
it('the learning rate takes effect at the next step', () => {
  expect(changeKind(base, fasterSpec)).toBe('next-step')
})
it.each([
  { ...base, seed: 2 },
  { ...fasterSpec, seed: 2 },
  { ...base, width: 16 as const },
  { ...base, networks: base.networks.slice(1) },
  { ...base, recipe: { ...base.recipe, momentum: 0.8 } },
  { ...base, interventions: [{ kind: 'learningRate' as const, step: 3, to: 1 }] },
])('anything else needs a new run (%#)', (after) => {
  expect(changeKind(base, after)).toBe('new-run')
})
