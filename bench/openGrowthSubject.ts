import { createFusedExecutor } from '../src/engine/fused/createFusedExecutor.ts'
import type { InspectableExecutor } from '../src/engine/inspectableExecutor.ts'
import { openWebglContext } from '../src/engine/openWebglContext.ts'
import type { BenchCase } from './benchCase.ts'
import { requestOf, stepsOf } from './contenders.ts'
import type { Repeated } from './GrowthRow.ts'

/** A fused executor that is watched for what it leaves behind, in one context all the time. */
export interface GrowthSubject {
  /** Does it so often, and waits for the device. Gives milliseconds. */
  repeat(what: Repeated, times: number): Promise<number>
  /** As the executor says it. */
  deviceBytes(): number
}

export const openGrowthSubject = async (benchCase: BenchCase): Promise<GrowthSubject> => {
  const { gl } = openWebglContext()
  const request = requestOf(benchCase)
  const open = (): Promise<InspectableExecutor> =>
    createFusedExecutor(request, { gl, batchSize: benchCase.batch })
  let executor = await open()
  let strengths = 1
  const step = async (): Promise<void> => {
    const shortcutStrengths = executor.plans.map(({ blocks }) => blocks.map(() => strengths))
    await stepsOf(benchCase, executor, shortcutStrengths)(1)
  }
  const once = async (what: Repeated): Promise<void> => {
    if (what === 'toggles') strengths = 1 - strengths
    if (what === 'rebuilds') {
      executor.dispose()
      executor = await open()
    }
    await step()
  }
  return {
    async repeat(what, times) {
      const start = performance.now()
      for (let i = 0; i < times; i++) await once(what)
      return performance.now() - start
    },
    deviceBytes: () => executor.memory().bytes,
  }
}
