import { createLabClient } from '../../protocol/labClient.ts'
import type { RunEvent } from '../../protocol/messages.ts'
import { createScriptedWorker, type ScriptedWorker } from '../../protocol/scriptedWorker.ts'
import { createLab } from '../createLab.ts'
import type { Lab } from '../lab.ts'

/** For tests: a lab over a scripted worker, with what it writes elsewhere. */
export interface Bench {
  readonly lab: Lab
  /** Workers in the order of their spawning. */
  readonly workers: readonly ScriptedWorker[]
  readonly worker: () => ScriptedWorker
  readonly hashes: readonly string[]
  readonly hide: () => void
  readonly visit: (hash: string) => void
  /** Lets a frame pass. */
  readonly frame: () => void
  readonly stored: Map<string, string>
  /** The address bar's entries, the present one last. */
  readonly history: readonly string[]
}

/** @param stored what the browser kept of an earlier visit */
export const openLab = (hash = '', stored = new Map<string, string>()): Bench => {
  const workers: ScriptedWorker[] = []
  const hashes: string[] = []
  const history: string[] = [hash]
  const frames: (() => void)[] = []
  let hidden: (isHidden: boolean) => void = () => {}
  let visited: (hash: string) => void = () => {}
  const lab = createLab({
    client: createLabClient(
      () => {
        const worker = createScriptedWorker()
        workers.push(worker)
        return worker
      },
      { setTimer: () => () => {} },
    ),
    link: {
      read: () => hash,
      replace: (text) => {
        hashes.push(text)
        history[history.length - 1] = text
      },
      push: (text) => {
        hashes.push(text)
        history.push(text)
      },
      subscribe: (listener) => {
        visited = listener
      },
    },
    storage: {
      read: (key) => stored.get(key) ?? null,
      write: (key, value) => {
        stored.set(key, value)
      },
    },
    visibility: {
      subscribe: (listener) => {
        hidden = listener
      },
    },
    scheduleFrame: (callback) => {
      frames.push(callback)
    },
  })
  return {
    lab,
    workers,
    worker: () => {
      const worker = workers.at(-1)
      if (worker === undefined) throw new Error('no worker was spawned')
      return worker
    },
    hashes,
    history,
    hide: () => hidden(true),
    visit: (text) => visited(text),
    frame: () => {
      for (const callback of frames.splice(0)) callback()
    },
    stored,
  }
}

export const started = (runId: string): RunEvent => ({
  type: 'started',
  runId,
  device: {
    executor: 'composed',
    backend: 'cpu',
    device: 'test',
    reason: 'a test',
    reproducible: false,
    threads: 1,
  },
  checks: { sameInitialWeights: true, sameBatches: true, parameters: [1, 2, 2] },
  note: null,
})

export const finished = (runId: string, seconds = 1): RunEvent => ({
  type: 'finished',
  runId,
  seconds,
  weightsDigest: '3f2a00000000c0de',
})

export const points = (runId: string, ...steps: number[]): RunEvent => ({
  type: 'points',
  runId,
  steps: steps.map((step) => ({ step, trainingErrors: [90, 90, 90], losses: [2.3, 2.3, 2.3] })),
  evaluations: [],
  seconds: steps.length / 10,
  memory: { tensors: 3, bytes: 12 },
})
