import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { LiveIntervention } from '../domain/interventions.ts'
import type { Command, WorkerEvent } from './messages.ts'
import type { WorkerPort } from './workerPort.ts'

/**
 * The page's side of the protocol. At most one run is live; commands and events of any other are dropped. Listeners hear one
 * terminal event (`finished`, `failed`, `stopped`) for every run, whatever becomes of the worker.
 */
export interface LabClient {
  readonly subscribe: (listener: (event: WorkerEvent) => void) => () => void
  /** Makes this run the live one. One that is still there is stopped first, and no more is heard of it. */
  readonly start: (runId: string, spec: ExperimentSpec, paused: boolean) => void
  readonly pause: (runId: string) => void
  readonly resume: (runId: string) => void
  readonly step: (runId: string) => void
  /** Ends the run: asked politely, and with the worker's end when it has not answered in time. */
  readonly stop: (runId: string) => void
  readonly intervene: (runId: string, intervention: LiveIntervention) => void
  /** Lets the worker make ready what a run of this experiment would begin with. While a run is live, nothing happens. */
  readonly warm: (spec: ExperimentSpec) => void
  readonly describeCifar: () => void
  /** Returns the request's id: events of other requests may still come before its own. */
  readonly importCifar: (files: readonly File[]) => string
  readonly forgetCifar: () => void
  /** Ends the worker; nothing is heard after that. */
  readonly dispose: () => void
}

/** A timer that can be called off. */
export type SetTimer = (callback: () => void, ms: number) => () => void

export interface LabClientOptions {
  /** How long a worker may take to answer a stop before it is ended. */
  readonly stopDeadlineMs?: number
  readonly setTimer?: SetTimer
}

const systemTimer: SetTimer = (callback, ms) => {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}

/** Failures after which the worker's device cannot be trusted: the next run gets a fresh one. */
const spoilsWorker = (event: WorkerEvent): boolean =>
  event.type === 'failed' && ['context-lost', 'out-of-memory', 'internal'].includes(event.failure.kind)

const terminalTypes: readonly WorkerEvent['type'][] = ['finished', 'failed', 'stopped']

const interruptedImport =
  'Reading the file was interrupted, because the training process had to be restarted. Please choose the file again.'

/** `spawn` makes a worker; it is called when the first command is sent, and again after one was ended or broke. */
export const createLabClient = (spawn: () => WorkerPort, options: LabClientOptions = {}): LabClient => {
  const { stopDeadlineMs = 1500, setTimer = systemTimer } = options
  const listeners = new Set<(event: WorkerEvent) => void>()
  const openRequests = new Set<string>()
  let port: WorkerPort | null = null
  let liveRun: string | null = null
  /** A run that was told to stop and has not answered; `queue` is what the next run was told meanwhile, its start first. */
  let stopping: { runId: string; cancelDeadline: () => void; queue: readonly Command[] } | null = null
  let requestCount = 0
  let disposed = false

  const emit = (event: WorkerEvent): void => {
    for (const listener of [...listeners]) listener(event)
  }

  const discardWorker = (): void => {
    port?.terminate()
    port = null
    const interrupted = [...openRequests]
    openRequests.clear()
    for (const requestId of interrupted)
      emit({ type: 'cifarRefused', requestId, sentence: interruptedImport })
  }

  const workerPort = (): WorkerPort => {
    if (port !== null) return port
    const fresh = spawn()
    port = fresh
    fresh.listen({
      event: (event) => {
        if (port === fresh) receive(event)
      },
      crash: (message) => {
        if (port === fresh) crashed(message)
      },
    })
    return fresh
  }

  const post = (command: Command): void => {
    if (!disposed) workerPort().post(command)
  }

  const stopAnswered = (): void => {
    if (stopping === null) return
    const { queue, cancelDeadline } = stopping
    cancelDeadline()
    stopping = null
    for (const command of queue) post(command)
  }

  const receive = (event: WorkerEvent): void => {
    if ('requestId' in event) {
      if (!openRequests.has(event.requestId)) return
      if (event.type !== 'cifarProgress') openRequests.delete(event.requestId)
      emit(event)
      return
    }
    const ends = terminalTypes.includes(event.type)
    if (ends && spoilsWorker(event)) discardWorker()
    if (event.runId === liveRun) {
      if (ends) liveRun = null
      emit(event)
    }
    if (ends && event.runId === stopping?.runId) stopAnswered()
  }

  const crashed = (message: string): void => {
    const runId = liveRun
    const isQueued = stopping !== null && stopping.queue.length > 0
    discardWorker()
    stopAnswered()
    if (runId === null || isQueued) return
    liveRun = null
    emit({
      type: 'failed',
      runId,
      failure: {
        kind: 'worker-crashed',
        sentence: `Training stopped, because its background process broke (${message}). Press Run to start again in a fresh one.`,
        network: null,
      },
    })
  }

  const askToStop = (runId: string, queue: readonly Command[]): void => {
    const cancelDeadline = setTimer(() => {
      discardWorker()
      if (liveRun === runId) {
        liveRun = null
        emit({ type: 'stopped', runId })
      }
      stopAnswered()
    }, stopDeadlineMs)
    stopping = { runId, cancelDeadline, queue }
    post({ type: 'stop', runId })
  }

  /** To the live run: at once, or after the one before it has stopped. */
  const tell = (command: Extract<Command, { readonly runId: string }>): void => {
    if (command.runId !== liveRun) return
    if (stopping !== null && stopping.runId !== liveRun)
      stopping = { ...stopping, queue: [...stopping.queue, command] }
    else post(command)
  }

  const openRequest = (): string => {
    const requestId = `cifar-${++requestCount}`
    openRequests.add(requestId)
    return requestId
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: (runId, spec, paused) => {
      const start: Command = { type: 'start', runId, spec, paused }
      const former = liveRun
      liveRun = runId
      if (stopping !== null) stopping = { ...stopping, queue: [start] }
      else if (former !== null) askToStop(former, [start])
      else post(start)
    },
    pause: (runId) => tell({ type: 'pause', runId }),
    resume: (runId) => tell({ type: 'resume', runId }),
    step: (runId) => tell({ type: 'step', runId }),
    stop: (runId) => {
      if (runId !== liveRun || stopping?.runId === runId) return
      if (stopping === null) return askToStop(runId, [])
      // It never began: nothing has to answer.
      stopping = { ...stopping, queue: [] }
      liveRun = null
      emit({ type: 'stopped', runId })
    },
    intervene: (runId, intervention) => tell({ type: 'intervene', runId, intervention }),
    warm: (spec) => {
      if (liveRun === null && stopping === null) post({ type: 'warm', spec })
    },
    describeCifar: () => post({ type: 'describeCifar', requestId: openRequest() }),
    importCifar: (files) => {
      const requestId = openRequest()
      post({ type: 'importCifar', requestId, files })
      return requestId
    },
    forgetCifar: () => post({ type: 'forgetCifar', requestId: openRequest() }),
    dispose: () => {
      disposed = true
      stopping?.cancelDeadline()
      listeners.clear()
      port?.terminate()
      port = null
    },
  }
}
