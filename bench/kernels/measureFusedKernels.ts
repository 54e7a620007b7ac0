import { openWebglContext } from '../../src/engine/openWebglContext.ts'
import { plansOf } from '../benchCase.ts'
import { median } from '../median.ts'
import type { KernelRow, KernelShape } from './KernelRow.ts'
import { openFusedKernels } from './openFusedKernels.ts'
import { type LoopKind, openGlslCeiling } from './openGlslCeiling.ts'
import { ceilingOf, takeTurn, timedKernel } from './timedKernel.ts'

export interface FusedKernelReport {
  /** Of each plain loop of products of a matrix and a vector in GLSL. */
  readonly ceilings: readonly GlslCeiling[]
  readonly rows: readonly KernelRow[]
}

export interface GlslCeiling extends LoopKind {
  /** Median over the rounds. */
  readonly gflops: number
}

const batch = 64
const networks = 2
/** Of one kernel in one round: long beside the wait for the device, which has to be asked whether it is done. */
const roundMs = 40

/** What most blocks of a network of width 8 consist of, at each of its three sizes. */
const shapes: readonly KernelShape[] = [
  { channels: 8, side: 16 },
  { channels: 16, side: 8 },
  { channels: 32, side: 4 },
].map(({ channels, side }) => ({
  kernelSize: 3,
  stride: 1,
  groups: 1,
  side,
  inputChannels: channels,
  channels,
}))

/** The fused executor's convolutions and the ceiling by turns, in a context each: neither disturbs what the other has bound. */
export const measureFusedKernels = async (isQuick: boolean): Promise<FusedKernelReport> => {
  const loops = openGlslCeiling(openWebglContext().gl).map(({ flops, run, ...kind }) => ({
    kind,
    timed: timedKernel(flops, run, roundMs),
  }))
  const [plan] = plansOf({ curves: [{ depth: 8, shortcut: 'A' }], batch }, 'A')
  if (plan === undefined) throw new Error('There is no network to take convolutions from.')
  const opened = await openFusedKernels({ gl: openWebglContext().gl, plan, shapes, networks, batch })
  const kernels = opened.map((kernel) => ({
    kernel,
    timed: timedKernel(kernel.flops, kernel.run, roundMs),
  }))
  const rounds = isQuick ? 9 : 25
  for (let round = 0; round < rounds; round++) for (const { timed } of [...loops, ...kernels]) takeTurn(timed)
  const ceilingGflops = ceilingOf(loops.map(({ timed }) => timed))
  return {
    ceilings: loops.map(({ kind, timed }) => ({ ...kind, gflops: median(timed.rates) })),
    rows: kernels.map(({ kernel, timed: { rates } }) => ({
      executor: 'fused',
      kernel: kernel.pass,
      method: 'direct',
      ...kernel.shape,
      isChosen: true,
      networks,
      batch,
      launches: kernel.launches,
      gflops: median(rates),
      bestGflops: Math.max(...rates),
      ceilingGflops,
      difference: null,
    })),
  }
}
