import { loadEngine } from '../../src/engine/native/loadEngine.ts'
import { median } from '../median.ts'
import type { CeilingModule } from './compileCeiling.ts'
import type { KernelRow } from './KernelRow.ts'
import { kernelSources } from './kernelShapes.ts'
import { type OpenKernel, openKernels } from './openKernels.ts'
import { ceilingOf, type TimedKernel, takeTurn, timedKernel } from './timedKernel.ts'

const batch = 64
/** Of one kernel in one round: long for the clock, short beside the interruptions of a busy machine. */
const roundMs = 6

const openCeiling = async ({ base64, loops }: CeilingModule): Promise<readonly TimedKernel[]> => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const { instance } = await WebAssembly.instantiate(bytes)
  const turns = 1000
  return loops.map(({ name, flopsPerTurn }) => {
    const loop = instance.exports[name]
    if (typeof loop !== 'function') throw new Error(`The ceiling has no ${name}.`)
    const run = (times: number): void => {
      for (let i = 0; i < times; i++) loop(turns)
    }
    return timedKernel(flopsPerTurn * turns, run, roundMs)
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
  const timed = kernels.map(({ flops, run }) => timedKernel(flops, run, roundMs))
  const rounds = isQuick ? 9 : 25
  for (let round = 0; round < rounds; round++) for (const one of [...loops, ...timed]) takeTurn(one)
  const ceilingGflops = ceilingOf(loops)
  return kernels.map(({ shape, pass, method, isChosen }, index) => {
    const rates = timed[index]?.rates ?? []
    return {
      executor: 'native',
      kernel: pass,
      method,
      ...shape,
      isChosen,
      networks: 1,
      batch,
      launches: null,
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
