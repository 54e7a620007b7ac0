import type { CifarImages } from '../../datasets/cifar/cifarImages.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { EvaluationPoint, Mark, RunFailure, RunStatus, StepPoint } from '../../domain/run.ts'
import { createRunControl } from '../../engine/loop/runControl.ts'
import type { RunEvent } from '../../protocol/messages.ts'
import { createDatasetCache } from '../createDatasetCache.ts'
import { runSession } from '../runSession.ts'
import { nodeDevice } from './nodeDevice.ts'

/** What a verdict and a table need of a run. */
export interface TrainedRun {
  readonly spec: ExperimentSpec
  readonly status: RunStatus
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  readonly marks: readonly Mark[]
}

/** What became of a run: everything that was measured, and why it failed where it did. */
export interface RunInNode {
  readonly run: TrainedRun
  readonly failure: RunFailure | null
}

/**
 * A whole run, by the code that the page's worker runs, without a page, on WebAssembly.
 * @param progress is told of every step, with the seconds trained so far
 */
export const runInNode = async (
  spec: ExperimentSpec,
  cifar: CifarImages | null = null,
  progress: (step: StepPoint, seconds: number) => void = () => {},
): Promise<RunInNode> => {
  const steps: StepPoint[] = []
  const evaluations: EvaluationPoint[] = []
  const marks: Mark[] = []
  const ends: RunEvent[] = []
  await runSession({
    runId: 'science',
    spec: { ...spec, backend: 'wasm' },
    control: createRunControl(false),
    datasets: createDatasetCache({ load: async () => cifar }),
    loadTrainingDevice: async () => nodeDevice,
    send: (event) => {
      if (event.type === 'points') {
        steps.push(...event.steps)
        evaluations.push(...event.evaluations)
        for (const step of event.steps) progress(step, event.seconds)
      }
      if (event.type === 'intervened')
        marks.push({ kind: 'intervention', step: event.intervention.step, intervention: event.intervention })
      if (event.type === 'failed' || event.type === 'finished') ends.push(event)
    },
  })
  const end = ends.at(-1)
  const run = { spec, steps, evaluations, marks }
  switch (end?.type) {
    case 'finished':
      return { run: { ...run, status: 'finished' }, failure: null }
    case 'failed':
      return { run: { ...run, status: 'failed' }, failure: end.failure }
    default:
      throw new Error('The run did not finish.')
  }
}

/** As `runInNode`, for tests: throws where the run fails. */
export const trainInNode = async (
  spec: ExperimentSpec,
  cifar: CifarImages | null = null,
): Promise<TrainedRun> => {
  const { run, failure } = await runInNode(spec, cifar)
  if (failure !== null) throw new Error(failure.sentence)
  return run
}

/** Mean minibatch error of one network over the 25 steps that end with this one, percent. */
export const errorAround = (run: TrainedRun, network: number, step: number): number => {
  const window = run.steps.filter((point) => point.step <= step && point.step > step - 25)
  return window.reduce((sum, point) => sum + (point.trainingErrors[network] ?? Number.NaN), 0) / window.length
}
