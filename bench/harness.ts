import * as tf from '@tensorflow/tfjs'
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { openBackend } from '../src/engine/backends.ts'
import type { BenchRow } from './BenchRow.ts'
import { type BenchCase, type Contender, composedContender, labelOf, stockContender } from './contenders.ts'

type Backend = BenchRow['backend']

export interface Entry {
  readonly executor: BenchRow['executor']
  readonly backend: Backend
  /** Steps of one round: enough to be timed, few where each takes seconds. */
  readonly stepsPerRound: number
}

export interface BenchHarness {
  /** Opens the backends; gives WebGL's renderer. */
  open(backends: readonly Backend[]): Promise<string>
  measure(benchCase: BenchCase, entries: readonly Entry[], rounds: number): Promise<readonly BenchRow[]>
}

declare global {
  interface Window {
    benchHarness?: BenchHarness
  }
}

const wasmUrl = {
  'tfjs-backend-wasm.wasm': plainUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': simdUrl,
}

const open: BenchHarness['open'] = async (backends) => {
  let renderer = 'no WebGL'
  for (const backend of backends) {
    const { facts } = await openBackend(backend, { wasmUrl })
    if (backend === 'webgl') renderer = facts.device
  }
  return renderer
}

const timed = async (contender: Contender, steps: number): Promise<number> => {
  const start = performance.now()
  await contender.run(steps)
  return (performance.now() - start) / steps
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Contenders take turns round by round, so that a slow minute of the machine falls on all of them. */
const measure: BenchHarness['measure'] = async (benchCase, entries, rounds) => {
  const started: { entry: Entry; contender: Contender; firstStepMs: number; times: number[] }[] = []
  for (const entry of entries) {
    await tf.setBackend(entry.backend)
    const contender =
      entry.executor === 'stock' ? stockContender(benchCase) : await composedContender(benchCase)
    const firstStepMs = await timed(contender, 1)
    started.push({ entry, contender, firstStepMs, times: [] })
    console.log(
      `${labelOf(benchCase)}: ${entry.executor} on ${entry.backend}, first step ${firstStepMs.toFixed(0)} ms`,
    )
  }
  for (let round = 0; round < rounds; round++)
    for (const { entry, contender, times } of started) {
      await tf.setBackend(entry.backend)
      times.push(await timed(contender, entry.stepsPerRound))
    }
  for (const { contender } of started) contender.dispose()

  const stock = started.find(({ entry }) => entry.executor === 'stock')
  const stockMs = stock === undefined ? null : median(stock.times)
  return started.map(({ entry, firstStepMs, times }) => ({
    label: labelOf(benchCase),
    depth: Math.max(...benchCase.curves.map(({ depth }) => depth)),
    networks: benchCase.curves.length,
    batch: benchCase.batch,
    executor: entry.executor,
    backend: entry.backend,
    stepMs: median(times),
    firstStepMs,
    timesStock: stockMs === null ? null : stockMs / median(times),
    rounds,
  }))
}

window.benchHarness = { open, measure }
