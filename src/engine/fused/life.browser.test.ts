import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { NotEnoughMemory } from '../notEnoughMemory.ts'
import { openWebglContext, type WebglContext } from '../openWebglContext.ts'
import { equalStrengths, smallBatch, smallControls } from '../testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { watchGlObjects } from '../testing/watchGlObjects.ts'
import { createFusedExecutor, type FusedExecutorOptions } from './createFusedExecutor.ts'
import { fusedLimitsOf, plannedFusedBytes } from './fusedSupport.ts'

const spec = smallSpec({ imageSize: 4, blocksPerStage: [1] })

const create = (
  context: WebglContext,
  options: Partial<FusedExecutorOptions> = {},
  of: NetworkSpec = spec,
): Promise<InspectableExecutor> => {
  const plan = planLayers(of)
  const images = smallImages(of)
  return createFusedExecutor(
    { plans: [plan], initial: [initialParameters(plan, 1)], training: images, validation: images },
    { gl: context.gl, ...options },
  )
}

describe('what is held on the device', () => {
  let context: WebglContext
  beforeAll(() => {
    context = openWebglContext()
  })
  afterAll(() => context.close())

  it('does not grow over 500 steps, 50 switches and 20 executors', async () => {
    const objects = watchGlObjects(context.gl)
    const first = await create(context, { batchSize: 8 })
    await first.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))
    await first.readMeasurements()
    first.dispose()
    // Programs stay for the next executor.
    const held = objects()
    for (let build = 0; build < 20; build++) {
      const executor = await create(context, { batchSize: 8 })
      executor.dispose()
    }
    expect(objects()).toEqual(held)

    const executor = await create(context, { batchSize: 8 })
    await executor.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))
    await executor.readMeasurements()
    const memory = executor.memory()
    const during = objects()
    for (let step = 0; step < 500; step++) {
      const strength = Math.floor(step / 10) % 2
      await executor.step(smallBatch(step), smallControls([equalStrengths(spec, strength)]))
      if (step % 100 === 99) await executor.readMeasurements()
    }
    expect(executor.memory()).toEqual(memory)
    expect(objects()).toEqual(during)
    executor.dispose()
    expect(objects()).toEqual(held)
  })

  it('is what was announced, and the images besides', async () => {
    const limits = fusedLimitsOf(context.gl)
    if (typeof limits === 'string') throw new Error(limits)
    const executor = await create(context, { batchSize: 8, residentBytes: 0 })
    await executor.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))
    await executor.evaluate({
      statisticsBatches: [rangeIndices(0, 8)],
      trainingIndices: rangeIndices(0, 8),
      validationIndices: rangeIndices(0, 8),
      shortcutStrengths: [equalStrengths(spec, 1)],
    })
    const planned = plannedFusedBytes([planLayers(spec)], 8, limits)
    // Two textures through which images are handed over: 512 of 16 pixels each.
    expect(executor.memory().bytes).toBe(planned + 2 * 512 * 16 * 16)
    executor.dispose()
  })

  it('is refused before anything is made where it would be too much', async () => {
    const objects = watchGlObjects(context.gl)
    const before = objects()
    await expect(create(context, { batchSize: 8, budgetBytes: 1000 })).rejects.toThrow(NotEnoughMemory)
    const executor = await create(context, { budgetBytes: 1000 })
    await expect(executor.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))).rejects.toThrow(
      NotEnoughMemory,
    )
    executor.dispose()
    expect(objects()).toEqual(before)
  })
})

describe('batches', () => {
  let context: WebglContext
  beforeAll(() => {
    context = openWebglContext()
  })
  afterAll(() => context.close())

  it('may be of any size, and change it; nothing that was measured is lost', async () => {
    const executor = await create(context)
    const controls = smallControls([equalStrengths(spec, 1)])
    const step = (size: number) =>
      executor.step({ indices: rangeIndices(0, size), augmentation: null }, controls)
    for (const size of [7, 7, 5, 1, 7]) await step(size)
    const rows = await executor.readMeasurements()
    expect(rows).toHaveLength(5)
    for (const [at, size] of [7, 7, 5, 1, 7].entries()) {
      const { loss = Number.NaN, error = Number.NaN } = rows[at]?.[0] ?? {}
      expect(loss).toBeGreaterThanOrEqual(0)
      // A share of the batch's images.
      const wrong = (error * size) / 100
      expect(wrong).toBeCloseTo(Math.round(wrong), 4)
    }
    executor.dispose()
  })

  it('may be more than the log holds before somebody reads', async () => {
    const executor = await create(context)
    const controls = smallControls([equalStrengths(spec, 1)])
    for (let step = 0; step < 300; step++) await executor.step(smallBatch(0), controls)
    const rows = await executor.readMeasurements()
    expect(rows).toHaveLength(300)
    expect(rows[299]?.[0]?.loss).toBeLessThan(rows[0]?.[0]?.loss ?? 0)
    expect(rows[260]?.[0]?.loss).toBeLessThan(rows[10]?.[0]?.loss ?? 0)
    executor.dispose()
  })

  it('may have a hundred classes and grey images', async () => {
    const grey = smallSpec({ imageSize: 6, channels: 1, classes: 100, blocksPerStage: [1] })
    const executor = await create(context, {}, grey)
    await executor.step(smallBatch(0), smallControls([equalStrengths(grey, 1)]))
    const [row] = await executor.readMeasurements()
    expect(row?.[0]?.loss).toBeGreaterThan(3)
    expect(row?.[0]?.loss).toBeLessThan(7)
    executor.dispose()
  })
})

it.each([
  ['at once', false],
  ['after it has given some', true],
])('a lost device gives no numbers, %s', async (_, hasRead) => {
  const context = openWebglContext()
  const executor = await create(context, { batchSize: 8 })
  const controls = smallControls([equalStrengths(spec, 1)])
  await executor.step(smallBatch(0), controls)
  if (hasRead) await executor.readMeasurements()
  await executor.step(smallBatch(1), controls)
  context.gl.getExtension('WEBGL_lose_context')?.loseContext()
  const asked = executor.readMeasurements().then(
    () => 'numbers',
    () => 'refused',
  )
  const waited = new Promise((resolve) => setTimeout(() => resolve('nothing'), 500))
  expect(await Promise.race([asked, waited])).not.toBe('numbers')
})
