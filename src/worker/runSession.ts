import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { trainedNetworkSpecOf } from '../domain/experimentSpec.ts'
import { initialParameters, type TensorValues } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import type { RunFailure } from '../domain/run.ts'
import type { Executor } from '../engine/executor.ts'
import { failureOf } from '../engine/loop/failureOf.ts'
import { createPauseGate } from '../engine/loop/pauseGate.ts'
import { type RunControl, RunStopped } from '../engine/loop/runControl.ts'
import { type RunOutcome, runExperiment } from '../engine/loop/runExperiment.ts'
import { createAliveGuard, type Losable } from '../engine/loop/whileAlive.ts'
import { yieldToMessages } from '../engine/yieldToMessages.ts'
import type { PreparationStage, RunEvent } from '../protocol/messages.ts'
import type { DatasetCache } from './createDatasetCache.ts'
import type { TrainingDevice } from './trainingDevice.ts'

export interface RunSessionRequest {
  readonly runId: string
  readonly spec: ExperimentSpec
  readonly control: RunControl
  readonly datasets: DatasetCache
  readonly loadTrainingDevice: () => Promise<TrainingDevice>
  readonly send: (event: RunEvent) => void
}

/** One run from the first byte loaded to its last event; never throws. */
export const runSession = async (request: RunSessionRequest): Promise<void> => {
  const { runId, send } = request
  let device: Losable | null = null
  const outcome = await prepareAndRun(request, (opened) => {
    device = opened
  }).catch((error: unknown): RunOutcome => {
    if (error instanceof RunStopped) return { kind: 'stopped' }
    return { kind: 'failed', failure: failureOf(error, device?.isLost() ?? false) }
  })
  switch (outcome.kind) {
    case 'finished':
      send({
        type: 'finished',
        runId,
        seconds: outcome.seconds,
        weightsDigest: outcome.weightsDigest,
      })
      break
    case 'stopped':
      send({ type: 'stopped', runId })
      break
    case 'failed':
      send({ type: 'failed', runId, failure: outcome.failure })
      break
    default:
      outcome satisfies never
  }
}

const failed = (kind: RunFailure['kind'], sentence: string): RunOutcome => ({
  kind: 'failed',
  failure: { kind, sentence, network: null },
})

const prepareAndRun = async (
  { runId, spec, control, datasets, loadTrainingDevice, send }: RunSessionRequest,
  opened: (device: Losable) => void,
): Promise<RunOutcome> => {
  const prepare = async (
    stage: PreparationStage,
    fraction: number,
    bytes: number | null = null,
  ): Promise<void> => {
    send({ type: 'preparing', runId, stage, fraction, bytes })
    await yieldToMessages()
    if (control.isStopped()) throw new RunStopped()
  }

  await prepare('loading', 0)
  const device = await loadTrainingDevice().catch(() => null)
  if (device === null)
    return failed(
      'unsupported',
      'The training engine could not be loaded. Check the connection, reload the page and run again.',
    )
  await prepare('loading', 0.5)
  const plans = spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve)))
  const { batchSize, steps } = spec.recipe
  const gate = createPauseGate(control, yieldToMessages)
  const compiled = (fraction: number): void => send({ type: 'preparing', runId, stage: 'shaders', fraction })
  /** While it is prepared, a run that was stopped is broken off; paused, it waits before its first step. */
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> => gate.during(async () => {}, work)
  const open = await unlessStopped(() =>
    device.open({ choice: spec.backend, plans, batchSize, steps }, gate.breathe, compiled),
  )
  opened(open)

  await prepare('data', 0)
  const loaded = await datasets.load(spec, (fraction) => prepare('data', fraction))
  if (!loaded.ok) return failed(loaded.kind, loaded.sentence)
  const { dataset, note } = loaded
  const { count } = dataset.training
  // A visitor's file may hold fewer images than the experiment asks for.
  if (count < batchSize)
    return failed(
      'bad-dataset',
      `There are only ${count} training images, and a batch takes ${batchSize}. Choose a smaller batch, or files with more images.`,
    )

  const { training, validation } = dataset
  const { plannedBytes: bytes } = open
  await prepare('networks', 0, bytes)
  const initial: TensorValues[] = []
  for (const plan of plans) {
    initial.push(initialParameters(plan, spec.seed))
    await prepare('networks', initial.length / plans.length, bytes)
  }
  const guard = createAliveGuard(open)
  let executor: Executor | null = null
  try {
    const made = await guard.whileAlive(
      unlessStopped(() =>
        open.createExecutor({ plans, initial, training, validation }, gate.breathe, compiled),
      ),
    )
    executor = made.executor
    const { facts } = made
    await prepare('first-step', 0)
    return await runExperiment({
      spec,
      executor,
      dataset,
      control,
      gate,
      guard,
      clock: () => performance.now(),
      report: {
        started: (checks) => send({ type: 'started', runId, device: facts, checks, note }),
        firstStep: () => send({ type: 'preparing', runId, stage: 'first-step', fraction: 0.5 }),
        points: (steps, evaluations, seconds, memory) =>
          send({ type: 'points', runId, steps, evaluations, seconds, memory }),
        intervened: (intervention) => send({ type: 'intervened', runId, intervention }),
        paused: () => send({ type: 'paused', runId }),
        resumed: () => send({ type: 'resumed', runId }),
      },
    })
  } finally {
    guard.end()
    // What a lost device held is gone already.
    if (!open.isLost()) executor?.dispose()
  }
}
