import { countNetwork } from '../domain/countNetwork.ts'
import { curveLabel } from '../domain/curveLabel.ts'
import { type ExperimentSpec, trainedNetworkSpecOf } from '../domain/experimentSpec.ts'
import type { Intervention, LiveIntervention } from '../domain/interventions.ts'
import { planLayers } from '../domain/planLayers.ts'
import type { EvaluationPoint, StepPoint } from '../domain/run.ts'
import { createFakeCurves, type FakeCurves } from './fakeCurves.ts'
import type { CifarFacts, Command, WorkerEvent } from './messages.ts'
import type { WorkerListener, WorkerPort } from './workerPort.ts'

/**
 * For tests and for work on the page, never in the built page: a worker that trains nothing and invents plausible curves. It
 * speaks the whole protocol.
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
  readonly curves: FakeCurves
  isPaused: boolean
  pendingSteps: number
}

export const createFakeWorker = (options: FakeWorkerOptions = {}): WorkerPort => {
  const { stepsPerTick = 2, tickMs = 100, stageMs = 250 } = options
  let cifar = options.cifar ?? null
  let listener: WorkerListener | null = null
  let run: FakeRun | null = null
  let timers: ReturnType<typeof setTimeout>[] = []

  const say = (event: WorkerEvent): void => listener?.event(event)
  const later = (ms: number, action: () => void): void => {
    timers.push(setTimeout(action, ms))
  }
  const clearTimers = (): void => {
    for (const timer of timers) clearTimeout(timer)
    timers = []
  }

  const applyIntervention = (of: FakeRun, intervention: Intervention): void => {
    if (intervention.kind === 'shortcuts') of.curves.switchShortcuts(intervention)
    say({ type: 'intervened', runId: of.runId, intervention })
  }

  const trainStep = (of: FakeRun): StepPoint => {
    for (const intervention of of.spec.interventions)
      if (intervention.step === of.curves.taken()) applyIntervention(of, intervention)
    return of.curves.trainStep()
  }

  const secondsOf = (of: FakeRun): number => (of.curves.taken() / stepsPerTick) * (tickMs / 1000)

  const sendPoints = (of: FakeRun, steps: StepPoint[], evaluations: EvaluationPoint[]): void =>
    say({
      type: 'points',
      runId: of.runId,
      steps,
      evaluations,
      seconds: secondsOf(of),
      memory: { tensors: 0, bytes: 0 },
    })

  const trainSome = (of: FakeRun, count: number): void => {
    const steps: StepPoint[] = []
    const evaluations: EvaluationPoint[] = []
    const { steps: total } = of.spec.recipe
    for (let i = 0; i < count && of.curves.taken() < total; i++) {
      steps.push(trainStep(of))
      if (of.curves.taken() % of.spec.evaluateEvery === 0 || of.curves.taken() === total)
        evaluations.push(of.curves.evaluate())
    }
    sendPoints(of, steps, evaluations)
    if (of.curves.taken() < total) return
    run = null
    clearTimers()
    say({
      type: 'finished',
      runId: of.runId,
      seconds: secondsOf(of),
      // Of weights that were never there.
      weightsDigest: '0123456789abcdef',
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
    const fresh: FakeRun = { runId, spec, curves: createFakeCurves(spec), isPaused: paused, pendingSteps: 0 }
    run = fresh
    const stages = ['loading', 'data', 'networks', 'shaders', 'first-step'] as const
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
          reproducible: false,
          threads: 1,
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
      sendPoints(fresh, [], [fresh.curves.evaluate()])
      if (fresh.isPaused) say({ type: 'paused', runId })
      tick()
    })
  }

  const live = (of: FakeRun, intervention: LiveIntervention): void => {
    const step = of.curves.taken()
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
        // It is always ready.
        if (command.type === 'warm') return
        if (command.type === 'forgetCifar') cifar = null
        say({ type: 'cifarReady', requestId: command.requestId, facts: cifar })
      })
    },
  }
}
