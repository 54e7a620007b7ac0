import type { Dataset } from '../../datasets/dataset.ts'
import { curveLabel } from '../../domain/curveLabel.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import { layerWords } from '../../domain/layerWords.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import type {
  DeviceMemory,
  EvaluationPoint,
  FairnessChecks,
  RunFailure,
  StepPoint,
} from '../../domain/run.ts'
import type { Executor } from '../executor.ts'
import { weightsDigest } from '../native/weightsDigest.ts'
import { createBatchSource } from './batchSource.ts'
import { checkFairness } from './checkFairness.ts'
import { type EvaluationImages, planEvaluations } from './evaluationRequests.ts'
import { createInterventionLedger } from './interventionLedger.ts'
import { type Divergence, evaluationPoint, stepPoints } from './measuredPoints.ts'
import type { PauseGate } from './pauseGate.ts'
import { createPointOutbox } from './pointOutbox.ts'
import { createReadbackPacer } from './readbackPacer.ts'
import { type RunControl, RunStopped } from './runControl.ts'
import { startStopwatch } from './stopwatch.ts'
import type { AliveGuard } from './whileAlive.ts'

/** What a run tells while it goes on. */
export interface RunReporter {
  readonly started: (checks: FairnessChecks) => void
  /** The first step is about to be trained: it is compiled then, and takes longer than any other. */
  readonly firstStep: () => void
  readonly points: (
    steps: readonly StepPoint[],
    evaluations: readonly EvaluationPoint[],
    seconds: number,
    memory: DeviceMemory,
  ) => void
  readonly intervened: (intervention: Intervention) => void
  readonly paused: () => void
  readonly resumed: () => void
}

/** Everything that an experiment is run with. */
export interface ExperimentRequest {
  readonly spec: ExperimentSpec
  /** Made of `trainedNetworkSpecOf` of each curve, and of this data set. */
  readonly executor: Executor
  readonly dataset: Dataset
  readonly control: RunControl
  readonly gate: PauseGate
  readonly guard: AliveGuard
  readonly report: RunReporter
  /** Milliseconds that never go back. */
  readonly clock: () => number
}

export type RunOutcome =
  | {
      readonly kind: 'finished'
      readonly seconds: number
      /** Of the final weights of all networks. */
      readonly weightsDigest: string
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: RunFailure }

/**
 * Trains all networks of an experiment in lockstep, from the first check to the last evaluation. What a visitor can cause comes
 * back as an outcome; what the device or the engine does wrong is thrown (`DeviceLost` among others).
 */
export const runExperiment = async (request: ExperimentRequest): Promise<RunOutcome> => {
  const { spec, executor, dataset, control, gate, report, clock } = request
  const { whileAlive } = request.guard
  const { steps } = spec.recipe
  const batchAt = createBatchSource(spec, dataset.training.count)
  const evaluations = planEvaluations(spec, dataset.training.count, dataset.validation.count)
  const ledger = createInterventionLedger(spec, executor.plans)
  const pacer = createReadbackPacer(clock)
  const stopwatch = startStopwatch(clock)
  const outbox = createPointOutbox(clock, (newSteps, newEvaluations) =>
    report.points(newSteps, newEvaluations, stopwatch.seconds(), executor.memory()),
  )
  let measured = 0

  /** Before `step` is trained. What was planned for it comes first, as in a link that repeats the run. */
  const carryOutChanges = (step: number): void => {
    for (const planned of ledger.reach(step)) report.intervened(planned)
    // After the last step there is no next one for them.
    for (const change of control.takeChanges())
      if (step < steps) report.intervened(ledger.apply(change, step))
  }

  /** Waits while the run is paused; what is switched meanwhile takes effect at `step`. */
  const passWhenNotHeld = async (step: number): Promise<void> => {
    carryOutChanges(step)
    if (control.isHeld() && !control.isStopped()) {
      stopwatch.pause()
      outbox.flush()
      report.paused()
      while (control.isHeld() && !control.isStopped()) {
        await control.nextCommand()
        carryOutChanges(step)
      }
      stopwatch.resume()
      pacer.restart()
      if (!control.isPaused() && !control.isStopped()) report.resumed()
    }
    if (control.isStopped()) throw new RunStopped()
  }

  /** Here the page waits for the device. */
  const readMeasurements = async (): Promise<Divergence | null> => {
    if (pacer.stepsWaiting() === 0) return null
    const rows = await whileAlive(executor.readMeasurements())
    pacer.wasRead()
    const { points, divergence } = stepPoints(rows, measured)
    measured += rows.length
    outbox.add(points, [])
    return divergence
  }

  /** After `taken` steps. It may be paused in its midst, save the one before training: that is short, and shows chance. */
  const evaluate = async (taken: number, images: EvaluationImages): Promise<void> => {
    // As they were last trained; before the first step as they are built.
    const shortcutStrengths = ledger.strengthsAt(taken - 1)
    const results = await gate.during(
      async () => {
        if (taken > 0) await passWhenNotHeld(taken)
      },
      () => whileAlive(executor.evaluate({ ...images, shortcutStrengths })),
    )
    pacer.restart()
    outbox.add([], [evaluationPoint(taken, results)])
  }

  const digestOfWeights = async (): Promise<string> => {
    const networks: TensorValues[] = []
    for (const index of executor.plans.keys())
      networks.push((await whileAlive(executor.readState(index))).parameters)
    return weightsDigest(networks)
  }

  const train = async (): Promise<RunOutcome> => {
    const checks = await whileAlive(
      checkFairness(executor, () => createBatchSource(spec, dataset.training.count), steps),
    )
    report.started(checks)
    await evaluate(0, evaluations.beforeTraining)

    for (let step = 0; step < steps; step++) {
      if (control.isHeld()) {
        // Nothing that was trained stays unseen while the run is paused.
        const divergence = await readMeasurements()
        if (divergence !== null) return diverged(spec, divergence)
      }
      await passWhenNotHeld(step)
      if (step === 0) report.firstStep()

      // The same batch to every network, one step each.
      await whileAlive(executor.step(batchAt(step), ledger.controlsAt(step)))
      control.claimStep()
      pacer.stepped()

      const taken = step + 1
      const isEvaluated = taken % spec.evaluateEvery === 0 || taken === steps
      if (pacer.isDue() || isEvaluated) {
        const divergence = await readMeasurements()
        if (divergence !== null) return diverged(spec, divergence)
      }
      if (isEvaluated) await evaluate(taken, evaluations.full)
      await gate.breathe()
    }
    // The time is that of the training: reading the weights back is no part of it.
    const seconds = stopwatch.seconds()
    return { kind: 'finished', seconds, weightsDigest: await digestOfWeights() }
  }

  try {
    return await train()
  } catch (error) {
    if (error instanceof RunStopped) return { kind: 'stopped' }
    throw error
  } finally {
    outbox.flush()
  }
}

const diverged = (spec: ExperimentSpec, { network, step, brokenAt }: Divergence): RunOutcome => {
  const curve = spec.networks[network]
  const label = curve === undefined ? `Network ${network + 1}` : curveLabel(curve)
  const where = brokenAt === null ? '' : `, in ${layerWords(brokenAt)}`
  return {
    kind: 'failed',
    failure: {
      kind: 'diverged',
      network,
      sentence: `${label} diverged at step ${step}${where}: its loss is no longer a number. Lower the learning rate or lengthen the warm-up, then run again.`,
    },
  }
}
