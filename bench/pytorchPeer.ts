import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { NetworkPlan } from '../src/domain/networkPlan.ts'

/** A process that trains networks in PyTorch when it is its turn. */
export interface PytorchPeer {
  readonly version: string
  /** Makes networks and takes the first step of all. */
  start(plans: readonly NetworkPlan[], batch: number, threads: number): Promise<PytorchNetworks>
  close(): void
}

export interface PytorchNetworks {
  readonly firstStepMs: number
  /** Milliseconds a step. */
  turn(steps: number): Promise<number>
}

const Hello = v.object({ version: v.string() })
const StepAnswer = v.object({ stepMs: v.number() })
const StartAnswer = v.object({ id: v.number(), stepMs: v.number() })

const program = fileURLToPath(new URL('./pytorchPeer.py', import.meta.url))

/** The one that is asked for, the usual one, and a system's own where another stands before it. */
const pythons = [process.env.PYTHON ?? 'python3', '/usr/bin/python3']

/** So many processes; none where no Python here has PyTorch. */
export const openPytorchPeers = async (count: number): Promise<readonly PytorchPeer[]> => {
  for (const python of pythons) {
    const first = await openWith(python)
    if (first === null) continue
    const others = await Promise.all(Array.from({ length: count - 1 }, () => openWith(python)))
    return [first, ...others.filter((peer) => peer !== null)]
  }
  return []
}

const openWith = async (python: string): Promise<PytorchPeer | null> => {
  const child = spawn(python, [program], { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  child.stdin.on('error', () => {})
  const waiting: ((line: string | null) => void)[] = []
  const answerAll = (): void => {
    for (const hear of waiting.splice(0)) hear(null)
  }
  let isOver = false
  child.on('error', answerAll)
  child.on('close', () => {
    isOver = true
    answerAll()
  })
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line))
  const hear = (): Promise<string | null> =>
    isOver ? Promise.resolve(null) : new Promise((resolve) => waiting.push(resolve))
  const ask = async (command: object): Promise<unknown> => {
    const answer = hear()
    child.stdin.write(`${JSON.stringify(command)}\n`)
    const line = await answer
    if (line === null) throw new Error(`PyTorch gave up.\n${complaints}`)
    return JSON.parse(line)
  }

  const hello = await hear()
  if (hello === null) return null
  return {
    version: v.parse(Hello, JSON.parse(hello)).version,
    start: async (plans, batch, threads) => {
      const operations = plans.map((plan) => plan.operations)
      const { id, stepMs } = v.parse(StartAnswer, await ask({ start: { plans: operations, batch, threads } }))
      return {
        firstStepMs: stepMs,
        turn: async (steps) => v.parse(StepAnswer, await ask({ id, steps })).stepMs,
      }
    },
    close: () => child.kill(),
  }
}
