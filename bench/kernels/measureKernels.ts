import { loadEngine } from '../../src/engine/native/loadEngine.ts'
import { median } from '../median.ts'
import type { CeilingModule } from './compileCeiling.ts'
import type { KernelRow } from './KernelRow.ts'
import { kernelSources } from './kernelShapes.ts'
import { type OpenKernel, openKernels } from './openKernels.ts'

const batch = 64
/** Of one kernel in one round: long for the clock, short beside the interruptions of a busy machine. */
const roundMs = 6

interface Timed {
  readonly flops: number
  readonly run: (times: number) => void
  readonly times: number
  readonly rates: number[]
}

/** Finds how often to run it, which also lets the browser compile it in earnest. */
const prepare = (flops: number, run: (times: number) => void): Timed => {
  for (let times = 1; ; times *= 2) {
    const start = performance.now()
    run(times)
    const ms = performance.now() - start
    if (ms >= roundMs / 2)
      return { flops, run, times: Math.max(1, Math.round((times * roundMs) / ms)), rates: [] }
  }
}

/** 10⁹ operations a second, a multiplication and an addition each counted as one. */
const takeTurn = ({ flops, run, times, rates }: Timed): void => {
  const start = performance.now()
  run(times)
  rates.push((flops * times) / (performance.now() - start) / 1e6)
}

const openCeiling = async ({ base64, loops }: CeilingModule): Promise<readonly Timed[]> => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const { instance } = await WebAssembly.instantiate(bytes)
  const turns = 1000
  return loops.map(({ name, flopsPerTurn }) => {
    const loop = instance.exports[name]
    if (typeof loop !== 'function') throw new Error(`The ceiling has no ${name}.`)
    return prepare(flopsPerTurn * turns, (times) => {
      for (let i = 0; i < times; i++) loop(turns)
    })
  })
}

/** Every kernel and the ceiling by turns, on this thread. */
export const measureKernels = async (
  ceiling: CeilingModule,
  isQuick: boolean,
): Promise<readonly KernelRow[]> => {
  const module = await loadEngine(false)
  const kernels = kernelSources(isQuick).flatMap((source) => openKernels(module, source, batch))
  const differences = kernels.map((kernel) => differenceFromOther(kernel, kernels))
  const loops = await openCeiling(ceiling)
  const timed = kernels.map(({ flops, run }) => prepare(flops, run))
  const rounds = isQuick ? 9 : 25
  for (let round = 0; round < rounds; round++) for (const one of [...loops, ...timed]) takeTurn(one)
  const ceilingGflops = Math.max(...loops.map(({ rates }) => median(rates)))
  return kernels.map(({ shape, pass, method, isChosen }, index) => {
    const rates = timed[index]?.rates ?? []
    return {
      executor: 'native',
      kernel: pass,
      method,
      ...shape,
      isChosen,
      batch,
      gflops: median(rates),
      bestGflops: Math.max(...rates),
      ceilingGflops,
      difference: differences[index] ?? null,
    }
  })
}

/** A kernel that is fast and wrong would be no news. */
const differenceFromOther = (kernel: OpenKernel, all: readonly OpenKernel[]): number | null => {
  const other = all.find(
    ({ shape, pass, method }) => shape === kernel.shape && pass === kernel.pass && method !== kernel.method,
  )
  if (other === undefined) return null
  const values = kernel.result()
  const expected = other.result()
  let largest = 0
  let difference = 0
  values.forEach((value, index) => {
    largest = Math.max(largest, Math.abs(value))
    difference = Math.max(difference, Math.abs(value - (expected[index] ?? Number.NaN)))
  })
  return difference / largest
}
