import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { presetNamed } from '../domain/presets.ts'
import { validateSpec } from '../domain/validateSpec.ts'
import { builtRamps, startingState } from './startingState.ts'
import { switchAtStart } from './switchAtStart.ts'

const { spec } = presetNamed('default')

const clicks = fc.array(
  fc.record({
    network: fc.integer({ min: 0, max: 2 }),
    blocks: fc.oneof(
      fc.constant('all' as const),
      fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1 }),
    ),
    to: fc.constantFrom(0 as const, 1 as const),
    overSteps: fc.constantFrom(0, 100),
  }),
  { maxLength: 12 },
)

const targets = (of: ExperimentSpec) => startingState(of).ramps.map((ramps) => ramps.map(({ to }) => to))

it('ends where the last click on each block says, in a possible experiment', () => {
  fc.assert(
    fc.property(clicks, (made) => {
      const wanted = builtRamps(spec).map((ramps) => ramps.map(({ to }) => to))
      let switched = spec
      for (const { network, blocks, to, overSteps } of made) {
        switched = switchAtStart(switched, network, blocks, to, overSteps)
        wanted[network] = (wanted[network] ?? []).map((before, block) =>
          blocks === 'all' || blocks.includes(block) ? to : before,
        )
      }
      expect(targets(switched)).toEqual(wanted)
      expect(validateSpec(switched).ok).toBe(true)
      // At most one entry for each network and way of switching: at once, and as a fade.
      expect(switched.interventions.length).toBeLessThanOrEqual(6)
    }),
  )
})

it('leaves switches of later steps and other networks alone', () => {
  const later = { kind: 'shortcuts', step: 100, network: 2, blocks: 'all', to: 0, overSteps: 0 } as const
  const planned: ExperimentSpec = { ...spec, interventions: [later] }
  expect(switchAtStart(planned, 2, 'all', 0, 0).interventions).toContainEqual(later)
  expect(switchAtStart(planned, 7, 'all', 0, 0)).toBe(planned)
})
