import type { StoreApi } from 'zustand/vanilla'
import { equalData } from '../domain/equalData.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { Intervention, LiveIntervention, StrengthRamps } from '../domain/interventions.ts'
import type { DeviceMemory, Run } from '../domain/run.ts'
import type { LabClient } from '../protocol/labClient.ts'
import type { RunEvent } from '../protocol/messages.ts'
import type { WritableSeriesStore } from './createSeriesStore.ts'
import type { RunState } from './lab.ts'
import { afterEvent, isActive } from './runEvents.ts'
import { applyToRamps, builtRamps, startingState } from './startingState.ts'

/** Runs that stay on the chart as faint lines. */
export const maxEarlierRuns = 12

/** What becomes of the present run: starting, switching, ending, and what its worker tells. */
export interface RunController {
  readonly start: (spec: ExperimentSpec, paused: boolean) => void
  /** Starts a run of a study. The visitor's own run, where it has ended, is put aside until `leaveStudy`. */
  readonly startOfStudy: (spec: ExperimentSpec) => void
  /** Ends the present run of a study without a trace, and brings the visitor's own back. */
  readonly leaveStudy: (spec: ExperimentSpec) => void
  /** The visitor's own run: the present one, or the one that a study has put aside. */
  readonly ownRun: () => Run | null
  /** Ends the present run and forgets it, save for a faint line. */
  readonly reset: (spec: ExperimentSpec) => void
  readonly intervene: (intervention: LiveIntervention) => void
  readonly receive: (event: RunEvent) => void
  /** The set-up has changed: without an active run the pictures show how the next one would start. */
  readonly specChanged: (spec: ExperimentSpec) => void
  readonly pageHidden: () => void
}

export const createRunController = (
  runs: StoreApi<RunState>,
  series: WritableSeriesStore,
  client: LabClient,
): RunController => {
  let runCount = 0
  /** Everything done to the present run so far, in order; what its spec sets for step 0 counts from the start. */
  let done: readonly Intervention[] = []
  /** Those of the spec that the worker has not reached. */
  let ahead: readonly Intervention[] = []
  /** Sent, not confirmed: already shown, so that a control acts within a frame however long a step takes. */
  let pending: readonly LiveIntervention[] = []

  /** The visitor's own run while a study runs, and what belongs to it. */
  let aside: {
    readonly run: Run
    readonly shown: Pick<RunState, 'ramps' | 'learningRate'>
    readonly memory: DeviceMemory | null
  } | null = null

  const taken = (): number => series.steps().at(-1)?.step ?? 0

  const withPoints = (run: Run): Run => ({
    ...run,
    steps: series.steps(),
    evaluations: series.evaluations(),
    seconds: series.seconds(),
  })

  const retired = (state: RunState): readonly Run[] => {
    if (state.run === null || state.isOfStudy || series.steps().length === 0) return state.earlier
    const run = withPoints(state.run)
    const ended: Run = isActive(run) ? { ...run, status: 'stopped' } : run
    return [ended, ...state.earlier].slice(0, maxEarlierRuns)
  }

  const forget = (): void => {
    pending = []
    series.clear()
  }

  const shownState = (run: Run): { ramps: readonly StrengthRamps[]; learningRate: number } => {
    const step = taken()
    const shown = [...done, ...pending.map((sent): Intervention => ({ ...sent, step }))]
    const rates = shown.flatMap((one) => (one.kind === 'learningRate' ? [one.to] : []))
    return {
      ramps: applyToRamps(builtRamps(run.spec), shown),
      learningRate: rates.at(-1) ?? run.spec.recipe.learningRate,
    }
  }

  const intervened = (run: Run, intervention: Intervention): void => {
    const planned = ahead.find((one) => equalData(one, intervention))
    // The worker confirms in the order in which it was told.
    if (planned === undefined) pending = pending.slice(1)
    else ahead = ahead.filter((one) => one !== planned)
    if (planned === undefined || intervention.step > 0) done = [...done, intervention]
    runs.setState(shownState(run))
  }

  const begin = (
    spec: ExperimentSpec,
    paused: boolean,
    { isOfStudy, earlier }: Pick<RunState, 'isOfStudy' | 'earlier'>,
  ): void => {
    forget()
    ahead = spec.interventions
    done = spec.interventions.filter(({ step }) => step === 0)
    runCount += 1
    const id = `run-${runCount}`
    const run: Run = {
      id,
      spec,
      status: 'preparing',
      device: null,
      checks: null,
      steps: [],
      evaluations: [],
      marks: [],
      failure: null,
      weightsDigest: null,
      seconds: 0,
    }
    runs.setState({
      run,
      earlier,
      isOfStudy,
      preparation: { stage: 'loading', fraction: 0, bytes: null },
      willPause: paused,
      specChangedSinceStart: false,
      ...startingState(spec),
    })
    client.start(id, spec, paused)
  }

  return {
    start: (spec, paused) => begin(spec, paused, { isOfStudy: false, earlier: retired(runs.getState()) }),
    startOfStudy: (spec) => {
      const state = runs.getState()
      const { run, ramps, learningRate } = state
      const isOwnEnded = run !== null && !state.isOfStudy && !isActive(run)
      if (isOwnEnded)
        aside = { run: withPoints(run), shown: { ramps, learningRate }, memory: series.memory() }
      begin(spec, false, { isOfStudy: true, earlier: isOwnEnded ? state.earlier : retired(state) })
    },
    leaveStudy: (spec) => {
      const { run, isOfStudy } = runs.getState()
      if (!isOfStudy) return
      if (isActive(run)) client.stop(run.id)
      forget()
      const own = aside
      aside = null
      const isChanged = own !== null && !equalData(own.run.spec, spec)
      runs.setState({
        run: own?.run ?? null,
        preparation: null,
        willPause: false,
        isOfStudy: false,
        specChangedSinceStart: isChanged,
        ...(own === null || isChanged ? startingState(spec) : own.shown),
      })
      if (own !== null) series.append({ ...own.run, memory: own.memory ?? { tensors: 0, bytes: 0 } })
    },
    ownRun: () => (runs.getState().isOfStudy ? (aside?.run ?? null) : runs.getState().run),
    reset: (spec) => {
      const state = runs.getState()
      if (isActive(state.run)) client.stop(state.run.id)
      const earlier = retired(state)
      forget()
      runs.setState({
        run: null,
        earlier,
        preparation: null,
        willPause: false,
        specChangedSinceStart: false,
        ...startingState(spec),
      })
    },
    intervene: (intervention) => {
      const { run } = runs.getState()
      if (!isActive(run)) return
      pending = [...pending, intervention]
      runs.setState(shownState(run))
      client.intervene(run.id, intervention)
    },
    receive: (event) => {
      const { run } = runs.getState()
      if (run === null || run.id !== event.runId || !isActive(run)) return
      if (event.type === 'points') series.append(event)
      if (event.type === 'finished') series.setSeconds(event.seconds)
      const next = afterEvent(runs.getState(), event)
      const hasEnded = !isActive(next.run) && next.run !== null
      if (next !== runs.getState()) runs.setState(hasEnded ? { ...next, run: withPoints(next.run) } : next)
      if (event.type === 'intervened') intervened(run, event.intervention)
      if (hasEnded && pending.length > 0) {
        // Sent after the last step, so never carried out.
        pending = []
        runs.setState(shownState(run))
      }
    },
    specChanged: (spec) => {
      const { run, isOfStudy } = runs.getState()
      runs.setState({
        specChangedSinceStart: run !== null && !isOfStudy && !equalData(run.spec, spec),
        ...(isActive(run) ? {} : startingState(spec)),
      })
    },
    pageHidden: () => {
      const { run } = runs.getState()
      if (run === null || run.status !== 'running') return
      runs.setState({ run: { ...run, marks: [...run.marks, { kind: 'hidden', step: taken() }] } })
    },
  }
}
