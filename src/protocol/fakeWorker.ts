import { countNetwork } from '../domain/countNetwork.ts'
import { curveLabel, type ExperimentSpec, trainedNetworkSpecOf } from '../domain/experimentSpec.ts'
import {
  applyShortcutIntervention,
  constantStrengths,
  type Intervention,
  type LiveIntervention,
  type StrengthRamps,
  strengthAt,
} from '../domain/interventions.ts'
import { planLayers } from '../domain/planLayers.ts'
import { randomStream } from '../domain/random.ts'
import type { EvaluationPoint, StepPoint } from '../domain/run.ts'
import type { CifarFacts, Command, WorkerEvent } from './messages.ts'
import type { WorkerListener, WorkerPort } from './workerPort.ts'

/**
 * For tests and for work on the page, never in the built page: a worker that trains nothing and invents plausible curves. It
 * speaks the whole protocol. Deep networks without shortcuts learn slowly, all others quickly.
 */
export interface FakeWorkerOptions {
  readonly stepsPerTick?: number
  readonly tickMs?: number
  /** How long each stage of the preparation seems to take. */
  readonly stageMs?: number
  /** CIFAR-10 that seems to be kept. */
  readonly cifar?: CifarFacts | null
}

interface FakeRun {
  readonly runId: string
  readonly spec: ExperimentSpec
  ramps: StrengthRamps[]
  /** 0 … 1 how far each network has learned. */
  readonly progress: number[]
  taken: number
  isPaused: boolean
  pendingSteps: number
}

const chance = 90

const rateOf = (depth: number, ramps: StrengthRamps, step: number): number => {
  const strength = ramps.reduce((sum, ramp) => sum + strengthAt(ramp, step), 0) / Math.max(1, ramps.length)
  return 0.006 * (strength + (1 - strength) * Math.min(1, (10 / depth) ** 2.5))
}

const startRun = (runId: string, spec: ExperimentSpec, paused: boolean): FakeRun => ({
  runId,
  spec,
  ramps: spec.networks.map(({ depth, shortcut }) =>
    constantStrengths((depth - 2) / 2, shortcut === 'none' ? 0 : 1),
  ),
  progress: spec.networks.map(() => 0),
  taken: 0,
  isPaused: paused,
  pendingSteps: 0,
})

export const createFakeWorker = (options: FakeWorkerOptions = {}): WorkerPort => {
  const { stepsPerTick = 2, tickMs = 100, stageMs = 250 } = options
  let cifar = options.cifar ?? null
  let listener: WorkerListener | null = null
  let run: FakeRun | null = null
  let timers: ReturnType<typeof setTimeout>[] = []
  let noise = randomStream(1, 'fake')

  const say = (event: WorkerEvent): void => listener?.event(event)
  const later = (ms: number, action: () => void): void => {
    timers.push(setTimeout(action, ms))
  }
  const clearTimers = (): void => {
    for (const timer of timers) clearTimeout(timer)
    timers = []
  }

  const evaluate = (of: FakeRun): EvaluationPoint => {
    const training = of.progress.map((p) => chance * (1 - p))
    return {
      step: of.taken,
      trainingErrors: training,
      validationErrors: training.map((error) => Math.min(chance, error + 5)),
      trainingLosses: training.map((error) => error / 39),
      validationLosses: training.map((error) => error / 36),
    }
  }

  const applyIntervention = (of: FakeRun, intervention: Intervention): void => {
    if (intervention.kind === 'shortcuts')
      of.ramps = of.ramps.map((ramps, network) =>
        network === intervention.network ? applyShortcutIntervention(ramps, intervention) : ramps,
      )
    say({ type: 'intervened', runId: of.runId, intervention })
  }

  const trainStep = (of: FakeRun): StepPoint => {
    for (const intervention of of.spec.interventions)
      if (intervention.step === of.taken) applyIntervention(of, intervention)
    of.spec.networks.forEach(({ depth }, network) => {
      const p = of.progress[network] ?? 0
      const rate = rateOf(depth, of.ramps[network] ?? [], of.taken)
      of.progress[network] = p + rate * (1 - p) * Math.min(1, of.taken / 60)
    })
    of.taken += 1
    const errors = of.progress.map((p) => {
      const error = chance * (1 - p) + 5 * noise.normal()
      return Math.min(100, Math.max(0, error))
    })
    return { step: of.taken, trainingErrors: errors, losses: errors.map((error) => error / 39) }
  }

  const sendPoints = (of: FakeRun, steps: StepPoint[], evaluations: EvaluationPoint[]): void =>
    say({
      type: 'points',
      runId: of.runId,
      steps,
      evaluations,
      seconds: (of.taken / stepsPerTick) * (tickMs / 1000),
      memory: { tensors: 0, bytes: 0 },
    })

  const trainSome = (of: FakeRun, count: number): void => {
    const steps: StepPoint[] = []
    const evaluations: EvaluationPoint[] = []
    const { steps: total } = of.spec.recipe
    for (let i = 0; i < count && of.taken < total; i++) {
      steps.push(trainStep(of))
      if (of.taken % of.spec.evaluateEvery === 0 || of.taken === total) evaluations.push(evaluate(of))
    }
    sendPoints(of, steps, evaluations)
    if (of.taken < total) return
    run = null
    clearTimers()
    say({
      type: 'finished',
      runId: of.runId,
      seconds: (of.taken / stepsPerTick) * (tickMs / 1000),
    })
  }

  const tick = (): void => {
    if (run === null) return
    if (run.pendingSteps > 0) {
      run.pendingSteps -= 1
      trainSome(run, 1)
      if (run !== null) say({ type: 'paused', runId: run.runId })
    } else if (!run.isPaused) trainSome(run, stepsPerTick)
    if (run !== null) later(tickMs, tick)
  }

  const begin = (runId: string, spec: ExperimentSpec, paused: boolean): void => {
    clearTimers()
    const fresh = startRun(runId, spec, paused)
    run = fresh
    noise = randomStream(spec.seed, 'fake')
    const stages = ['loading', 'data', 'networks', 'first-step'] as const
    stages.forEach((stage, index) => {
      later(index * stageMs, () => say({ type: 'preparing', runId, stage, fraction: 0 }))
      later((index + 0.5) * stageMs, () => say({ type: 'preparing', runId, stage, fraction: 0.5 }))
    })
    later(stages.length * stageMs, () => {
      if (spec.dataset.source === 'cifar10' && cifar === null) {
        run = null
        const sentence = 'No CIFAR-10 has been opened here yet. Choose your file under Data first.'
        say({ type: 'failed', runId, failure: { kind: 'no-dataset', sentence, network: null } })
        return
      }
      say({
        type: 'started',
        runId,
        device: {
          executor: 'composed',
          backend: 'cpu',
          device: 'invented curves',
          reason: 'This is the fake worker: nothing is trained.',
        },
        checks: {
          sameInitialWeights: new Set(spec.networks.map(({ depth }) => depth)).size < spec.networks.length,
          sameBatches: true,
          parameters: spec.networks.map(
            (curve) => countNetwork(planLayers(trainedNetworkSpecOf(spec, curve))).parameters,
          ),
        },
        note: null,
      })
      sendPoints(fresh, [], [evaluate(fresh)])
      if (fresh.isPaused) say({ type: 'paused', runId })
      tick()
    })
  }

  const live = (of: FakeRun, intervention: LiveIntervention): void => {
    const step = of.taken
    if (intervention.kind === 'learningRate' && intervention.to > 5) {
      // So that the failed state can be looked at: nothing survives this rate.
      const label = curveLabel(of.spec.networks[0] ?? { depth: 8, shortcut: 'none' })
      const sentence = `${label} diverged at step ${step}: its loss is no longer a number. Lower the learning rate and run again.`
      run = null
      say({ type: 'failed', runId: of.runId, failure: { kind: 'diverged', sentence, network: 0 } })
    } else applyIntervention(of, { ...intervention, step })
  }

  const receiveRun = (command: Extract<Command, { readonly runId: string }>): void => {
    if (command.type === 'start') {
      begin(command.runId, command.spec, command.paused)
      return
    }
    if (run === null || command.runId !== run.runId) return
    switch (command.type) {
      case 'pause':
        run.isPaused = true
        say({ type: 'paused', runId: run.runId })
        return
      case 'resume':
        run.isPaused = false
        say({ type: 'resumed', runId: run.runId })
        return
      case 'step':
        run.isPaused = true
        run.pendingSteps += 1
        return
      case 'stop':
        clearTimers()
        run = null
        say({ type: 'stopped', runId: command.runId })
        return
      case 'intervene':
        live(run, command.intervention)
        return
      default:
        command satisfies never
    }
  }

  const importCifar = (requestId: string, names: readonly string[]): void => {
    for (let i = 0; i <= 10; i++)
      later(i * tickMs, () => say({ type: 'cifarProgress', requestId, fraction: i / 10 }))
    later(11 * tickMs, () => {
      if (names.some((name) => name.includes('bad'))) {
        const sentence = `${names.join(', ')} is not CIFAR-10: the archive ends too early. Download it again.`
        return say({ type: 'cifarRefused', requestId, sentence })
      }
      cifar = { trainingImages: 50000, validationImages: 10000, thumbnails: [], note: null }
      say({ type: 'cifarReady', requestId, facts: cifar })
    })
  }

  return {
    listen: (to) => {
      listener = to
    },
    terminate: () => {
      clearTimers()
      listener = null
    },
    post: (command) => {
      // A real worker never answers before `post` returns.
      queueMicrotask(() => {
        if ('runId' in command) return receiveRun(command)
        if (command.type === 'importCifar')
          return importCifar(
            command.requestId,
            command.files.map(({ name }) => name),
          )
        if (command.type === 'forgetCifar') cifar = null
        say({ type: 'cifarReady', requestId: command.requestId, facts: cifar })
      })
    },
  }
}
