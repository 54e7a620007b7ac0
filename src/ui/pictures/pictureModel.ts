import { type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import type { StrengthRamps } from '../../domain/interventions.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { Run } from '../../domain/run.ts'
import type { RunState, SpecState } from '../../state/lab.ts'
import { startingState } from '../../state/startingState.ts'
import { uniqueLabels } from './networkStyle.ts'

const activeStatuses = new Set(['preparing', 'running', 'paused'])

/** The ended run that a switch thrown now leaves behind; null where it acts on a run that goes on. */
export const runLeftBySwitch = (run: Run | null): string | null =>
  run === null || activeStatuses.has(run.status) ? null : run.id

/** What the pictures show: the experiment that trains; where none does, the set-up. */
export interface PictureModel {
  readonly spec: ExperimentSpec
  readonly plans: readonly NetworkPlan[]
  readonly ramps: readonly StrengthRamps[]
  /** Whether these are the networks of the present run as they stand; else as the next run would begin. */
  readonly showsRun: boolean
  /** What the run that the chart still shows called its networks, where these are already those of the next one; else null. */
  readonly lastRun: readonly string[] | null
  /** Whether a switch takes effect at the next step; else it is a plan for step 0 of the next run. */
  readonly live: boolean
}

export const pictureModel = (
  { spec }: Pick<SpecState, 'spec'>,
  { run, ramps, specChangedSinceStart }: Pick<RunState, 'run' | 'ramps' | 'specChangedSinceStart'>,
  /** Id of the run whose end was left by a switch for the next one: what was clicked must be seen. */
  leftRun: string | null = null,
): PictureModel => {
  const active = run !== null && activeStatuses.has(run.status)
  const showsRun = run !== null && (active || (!specChangedSinceStart && leftRun !== run.id))
  const shown = showsRun ? run.spec : spec
  const plans = plansOf(shown)
  const fits =
    ramps.length === plans.length && plans.every((plan, i) => plan.blocks.length === ramps[i]?.length)
  return {
    spec: shown,
    plans,
    // Stores change one after another: for an instant the ramps may be those of other networks.
    ramps: showsRun && fits ? ramps : startingState(shown).ramps,
    showsRun,
    lastRun: run === null || showsRun ? null : uniqueLabels(run.spec.networks),
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
