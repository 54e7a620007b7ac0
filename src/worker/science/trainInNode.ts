import type { CifarImages } from '../../datasets/cifar/cifarImages.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { EvaluationPoint, Mark, RunStatus, StepPoint } from '../../domain/run.ts'
import { openBackend } from '../../engine/backends.ts'
import { createComposedExecutor } from '../../engine/createComposedExecutor.ts'
import { createRunControl } from '../../engine/loop/runControl.ts'
import type { RunEvent } from '../../protocol/messages.ts'
import { createDatasetCache } from '../createDatasetCache.ts'
import { runSession } from '../runSession.ts'
import type { TrainingDevice } from '../trainingDevice.ts'

/** What a verdict and a table need of a run. */
export interface TrainedRun {
  readonly spec: ExperimentSpec
  readonly status: RunStatus
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  readonly marks: readonly Mark[]
}

const device: TrainingDevice = {
  open: openBackend,
  createExecutor: (request, breathe) => createComposedExecutor(request, { yieldToMessages: breathe }),
}

/** A whole run, by the code that the page's worker runs, without a page; throws where it does not finish. For tests. */
export const trainInNode = async (
  spec: ExperimentSpec,
  cifar: CifarImages | null = null,
): Promise<TrainedRun> => {
  const steps: StepPoint[] = []
  const evaluations: EvaluationPoint[] = []
  const marks: Mark[] = []
  const ends: RunEvent[] = []
  await runSession({
    runId: 'science',
    spec: { ...spec, backend: 'wasm' },
    control: createRunControl(false),
    datasets: createDatasetCache({ load: async () => cifar }),
    loadTrainingDevice: async () => device,
    send: (event) => {
      if (event.type === 'points') {
        steps.push(...event.steps)
        evaluations.push(...event.evaluations)
      }
      if (event.type === 'intervened')
        marks.push({ kind: 'intervention', step: event.intervention.step, intervention: event.intervention })
      if (event.type === 'failed' || event.type === 'finished') ends.push(event)
    },
  })
  const end = ends.at(-1)
  if (end?.type !== 'finished')
    throw new Error(end?.type === 'failed' ? end.failure.sentence : 'The run did not finish.')
  return { spec, status: 'finished', steps, evaluations, marks }
}

/** Mean minibatch error of one network over the 25 steps that end with this one, percent. */
export const errorAround = (run: TrainedRun, network: number, step: number): number => {
  const window = run.steps.filter((point) => point.step <= step && point.step > step - 25)
  return window.reduce((sum, point) => sum + (point.trainingErrors[network] ?? Number.NaN), 0) / window.length
}
