import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import {
  applyShortcutIntervention,
  type ShortcutIntervention,
  type StrengthRamp,
} from '../domain/interventions.ts'
import { builtRamps, startingState } from './startingState.ts'

/**
 * The spec with shortcuts of one network switched before step 0. However often a visitor clicks, what stays is the shortest
 * list that says where every block ends up: nothing for those that are as built, and one entry for each way of switching.
 */
export const switchAtStart = (
  spec: ExperimentSpec,
  network: number,
  blocks: 'all' | readonly number[],
  to: 0 | 1,
  overSteps: number,
): ExperimentSpec => {
  const present = startingState(spec).ramps[network]
  const built = builtRamps(spec)[network]
  if (present === undefined || built === undefined) return spec
  const wanted = applyShortcutIntervention(present, {
    kind: 'shortcuts',
    step: 0,
    network,
    blocks,
    to,
    overSteps,
  })

  const groups = new Map<string, { readonly ramp: StrengthRamp; readonly blocks: number[] }>()
  wanted.forEach((ramp, block) => {
    if (ramp.to === built[block]?.to) return
    const key = `${ramp.to}/${ramp.overSteps}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { ramp, blocks: [block] })
    else group.blocks.push(block)
  })
  const entries = [...groups.values()].map(
    ({ ramp, blocks: switched }): ShortcutIntervention => ({
      kind: 'shortcuts',
      step: 0,
      network,
      blocks: switched.length === wanted.length ? 'all' : switched,
      to: ramp.to,
      overSteps: ramp.overSteps,
    }),
  )
  const others = spec.interventions.filter(
    (intervention) =>
      !(intervention.kind === 'shortcuts' && intervention.step === 0 && intervention.network === network),
  )
  return { ...spec, interventions: [...entries, ...others] }
}
