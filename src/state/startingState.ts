import { blockCountOf } from '../domain/curveSpec.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import {
  applyShortcutIntervention,
  constantStrengths,
  type Intervention,
  type StrengthRamps,
} from '../domain/interventions.ts'

/** Shortcuts as the networks are built, before any switch: off in plain networks, on in all others. */
export const builtRamps = (spec: ExperimentSpec): readonly StrengthRamps[] =>
  spec.networks.map((curve) => constantStrengths(blockCountOf(curve), curve.shortcut === 'none' ? 0 : 1))

/** The ramps after some interventions, in their order. */
export const applyToRamps = (
  ramps: readonly StrengthRamps[],
  interventions: readonly Intervention[],
): readonly StrengthRamps[] =>
  interventions.reduce<readonly StrengthRamps[]>(
    (now, intervention) =>
      intervention.kind === 'shortcuts'
        ? now.map((network, index) =>
            index === intervention.network ? applyShortcutIntervention(network, intervention) : network,
          )
        : now,
    ramps,
  )

/** Ramps and base rate with which an experiment trains its first step: switches made in advance for step 0 have been made. */
export const startingState = (
  spec: ExperimentSpec,
): { readonly ramps: readonly StrengthRamps[]; readonly learningRate: number } => {
  const atStart = spec.interventions.filter(({ step }) => step === 0)
  const rates = atStart.flatMap((intervention) =>
    intervention.kind === 'learningRate' ? [intervention.to] : [],
  )
  return {
    ramps: applyToRamps(builtRamps(spec), atStart),
    learningRate: rates.at(-1) ?? spec.recipe.learningRate,
  }
}
