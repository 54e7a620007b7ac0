import { type CurveSpec, type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import { constantStrengths, type StrengthRamps } from '../../domain/interventions.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { RunState, SpecState } from '../../state/lab.ts'

const activeStatuses = new Set(['preparing', 'running', 'paused'])

/** What the pictures show: the experiment that trains; where none does, the set-up. */
export interface PictureModel {
  readonly spec: ExperimentSpec
  readonly plans: readonly NetworkPlan[]
  readonly ramps: readonly StrengthRamps[]
  /** Whether the present run's points belong to these networks. */
  readonly showsRun: boolean
  /** Whether a switch takes effect at the next step; else it is a plan for step 0 of the next run. */
  readonly live: boolean
}

export const pictureModel = (
  { spec }: Pick<SpecState, 'spec'>,
  { run, ramps, specChangedSinceStart }: Pick<RunState, 'run' | 'ramps' | 'specChangedSinceStart'>,
): PictureModel => {
  const active = run !== null && activeStatuses.has(run.status)
  const showsRun = run !== null && (active || !specChangedSinceStart)
  const shown = showsRun ? run.spec : spec
  const plans = plansOf(shown)
  const fits =
    ramps.length === plans.length && plans.every((plan, i) => plan.blocks.length === ramps[i]?.length)
  return {
    spec: shown,
    plans,
    // Stores change one after another: for an instant the ramps may be those of other networks.
    ramps: fits ? ramps : plans.map((plan, i) => builtStrengths(plan, shown.networks[i])),
    showsRun,
    live: active,
  }
}

const expanded = new WeakMap<ExperimentSpec, readonly NetworkPlan[]>()

/** The same plans for the same spec, so that nothing is drawn anew when only a shortcut was switched. */
const plansOf = (spec: ExperimentSpec): readonly NetworkPlan[] => {
  const known = expanded.get(spec)
  if (known !== undefined) return known
  const plans = spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve)))
  expanded.set(spec, plans)
  return plans
}

const builtStrengths = (plan: NetworkPlan, curve: CurveSpec | undefined): StrengthRamps =>
  constantStrengths(plan.blocks.length, curve?.shortcut === 'none' ? 0 : 1)
