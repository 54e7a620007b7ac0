import { dropoutKeyAt } from '../../domain/dropoutMask.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import {
  applyShortcutIntervention,
  constantStrengths,
  type Intervention,
  type LiveIntervention,
  type StrengthRamps,
  strengthAt,
} from '../../domain/interventions.ts'
import { learningRateAt } from '../../domain/learningRate.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { StepControls } from '../executor.ts'

/** What has been done to the experiment so far, and what that makes of each step. */
export interface InterventionLedger {
  /** Carries out what the spec sets for this step; each once. */
  readonly reach: (step: number) => readonly Intervention[]
  /** Carries out what was done live, from this step on. */
  readonly apply: (change: LiveIntervention, step: number) => Intervention
  readonly controlsAt: (step: number) => StepControls
  readonly strengthsAt: (step: number) => readonly (readonly number[])[]
}

/**
 * Networks of `plans` are those that are built: a plain one has its shortcuts too, at strength 0 from the start.
 */
export const createInterventionLedger = (
  spec: ExperimentSpec,
  plans: readonly NetworkPlan[],
): InterventionLedger => {
  const { recipe } = spec
  let ramps: readonly StrengthRamps[] = plans.map(({ blocks }, network) =>
    constantStrengths(blocks.length, spec.networks[network]?.shortcut === 'none' ? 0 : 1),
  )
  let baseRate = recipe.learningRate
  let ahead = [...spec.interventions].sort((a, b) => a.step - b.step)

  const carryOut = (intervention: Intervention): void => {
    switch (intervention.kind) {
      case 'learningRate':
        baseRate = intervention.to
        break
      case 'shortcuts':
        ramps = ramps.map((network, index) =>
          index === intervention.network ? applyShortcutIntervention(network, intervention) : network,
        )
        break
      default:
        intervention satisfies never
    }
  }

  const strengthsAt = (step: number): readonly (readonly number[])[] =>
    ramps.map((network) => network.map((ramp) => strengthAt(ramp, step)))

  return {
    reach: (step) => {
      const reached = ahead.filter((intervention) => intervention.step <= step)
      ahead = ahead.filter((intervention) => intervention.step > step)
      reached.forEach(carryOut)
      return reached
    },
    apply: (change, step) => {
      const intervention: Intervention = { ...change, step }
      carryOut(intervention)
      return intervention
    },
    controlsAt: (step) => ({
      learningRate: learningRateAt(recipe, baseRate, step),
      momentum: recipe.momentum,
      weightDecay: recipe.weightDecay,
      shortcutStrengths: strengthsAt(step),
      dropoutKey: dropoutKeyAt(spec.seed, step),
    }),
    strengthsAt,
  }
}
