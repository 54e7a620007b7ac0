import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceMemory } from '../domain/run.ts'
import type { EvaluationRequest } from './executor.ts'
import { plainOf } from './testing/PlainTensor.ts'
import { plainForward } from './testing/plainForward.ts'
import { plainLossAndError } from './testing/plainOps.ts'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from './testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

describe.each(suiteExecutors())('executor on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  it('evaluates with statistics recomputed over batches, as plain loops do', async () => {
    const spec = smallSpec({ shortcut: 'B' })
    const executor = await smallExecutor(suite, [spec])
    const strengths = [1, 0.5, 1]
    for (let step = 0; step < 2; step++) await executor.step(smallBatch(step), smallControls([strengths]))
    const state = await executor.readState(0)
    const request: EvaluationRequest = {
      statisticsBatches: [rangeIndices(0, 8), rangeIndices(5, 15)],
      trainingIndices: rangeIndices(2, 19),
      validationIndices: rangeIndices(0, 12),
      shortcutStrengths: [strengths],
    }
    const [result] = await executor.evaluate(request)

    const [plan] = executor.plans
    if (plan === undefined) throw new Error('There is one plan.')
    const imagesOf = (indices: Int32Array, set = smallImages(spec)) => {
      const size = spec.imageSize ** 2 * spec.channels
      const values = [...indices].flatMap((index) => [
        ...set.images.subarray(index * size, (index + 1) * size),
      ])
      return plainOf([indices.length, spec.imageSize, spec.imageSize, spec.channels], values)
    }
    const statistics = new Map<string, Float32Array>()
    for (const indices of request.statisticsBatches) {
      const { moments } = plainForward(plan, state.parameters, imagesOf(indices), strengths, null)
      for (const [name, { mean, unbiased }] of moments) {
        const add = (key: string, values: Float64Array): void => {
          const before = statistics.get(key)
          statistics.set(
            key,
            Float32Array.from(
              values,
              (value, i) => (before?.[i] ?? 0) + value / request.statisticsBatches.length,
            ),
          )
        }
        add(`${name}.mean`, mean.values)
        add(`${name}.variance`, unbiased.values)
      }
    }
    const expectedOf = (indices: Int32Array, set = smallImages(spec)) => {
      const images = imagesOf(indices, set)
      const { logits } = plainForward(plan, state.parameters, images, strengths, statistics)
      return plainLossAndError(
        logits,
        [...indices].map((index) => set.labels[index] ?? 0),
      )
    }
    const training = expectedOf(request.trainingIndices)
    const validation = expectedOf(request.validationIndices, smallImages(spec, 12, 8))
    expect(result?.training.loss).toBeCloseTo(training.loss, 4)
    expect(result?.training.error).toBeCloseTo(training.error, 3)
    expect(result?.validation.loss).toBeCloseTo(validation.loss, 4)
    expect(result?.validation.error).toBeCloseTo(validation.error, 3)

    // Nothing that training uses has moved.
    expect(await executor.readState(0)).toEqual(state)
    executor.dispose()
  })

  it('evaluates subsets larger than one pass as one', async () => {
    const spec = smallSpec({ imageSize: 4 })
    const executor = await smallExecutor(suite, [spec])
    const many = Int32Array.from({ length: 530 }, (_, position) => position % 12)
    const request = {
      statisticsBatches: [rangeIndices(0, 24)],
      trainingIndices: rangeIndices(0, 12),
      validationIndices: many,
      shortcutStrengths: [equalStrengths(spec, 1)],
    }
    const [ofMany] = await executor.evaluate(request)
    // Twelve images 44 times over and two of them once more: nearly their own mean.
    const [ofTwelve] = await executor.evaluate({ ...request, validationIndices: rangeIndices(0, 12) })
    expect(ofMany?.validation.loss).toBeCloseTo(ofTwelve?.validation.loss ?? Number.NaN, 1)
    executor.dispose()
  })

  it('goes on from a state that it gave as if nothing had happened', async () => {
    const spec = smallSpec({ shortcut: 'C' })
    const strengths = [equalStrengths(spec, 1)]
    const executor = await smallExecutor(suite, [spec])
    await executor.step(smallBatch(0), smallControls(strengths))
    const early = await executor.readState(0)
    await executor.step(smallBatch(1), smallControls(strengths))
    const late = await executor.readState(0)
    expect(late).not.toEqual(early)

    const other = await smallExecutor(suite, [spec], 99)
    await other.writeState(0, early)
    expect(await other.readState(0)).toEqual(early)
    await other.step(smallBatch(1), smallControls(strengths))
    expect(await other.readState(0)).toEqual(late)
    executor.dispose()
    other.dispose()
  })

  it('refuses a state that lacks a tensor, and keeps its own', async () => {
    const executor = await smallExecutor(suite, [smallSpec()])
    const state = await executor.readState(0)
    const parameters = new Map(state.parameters)
    parameters.delete('head.bias')
    await expect(executor.writeState(0, { ...state, parameters })).rejects.toThrow('head.bias')
    expect(await executor.readState(0)).toEqual(state)
    executor.dispose()
  })

  it('measures each step of each network, before its update, oldest first', async () => {
    const spec = smallSpec({ imageSize: 6 })
    const executor = await smallExecutor(suite, [spec, smallSpec({ imageSize: 6, shortcut: 'none' })])
    const strengths = [equalStrengths(spec, 1), equalStrengths(spec, 0)]
    for (let step = 0; step < 3; step++) await executor.step(smallBatch(0), smallControls(strengths))
    const measured = await executor.readMeasurements()
    expect(measured.map((networks) => networks.length)).toEqual([2, 2, 2])
    expect(await executor.readMeasurements()).toEqual([])
    // On one batch over and over, each network learns.
    expect(measured[2]?.[0]?.loss).toBeLessThan(measured[0]?.[0]?.loss ?? 0)
    expect(measured[2]?.[1]?.loss).toBeLessThan(measured[0]?.[1]?.loss ?? 0)
    const other = await smallExecutor(suite, [spec])
    await other.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))
    expect((await other.readMeasurements())[0]?.[0]).toEqual(measured[0]?.[0])
    executor.dispose()
    other.dispose()
  })

  it('holds as many tensors and as many bytes after many steps, switches, evaluations and restarts as before', async () => {
    const spec = smallSpec({ shortcut: 'B', imageSize: 6 })
    const atStart = suite.tensors()
    const run = async (): Promise<readonly DeviceMemory[]> => {
      const executor = await smallExecutor(suite, [spec, smallSpec({ imageSize: 6 })])
      const held: DeviceMemory[] = []
      for (let step = 0; step < 12; step++) {
        const strength = [0, 0.5, 1][step % 3] ?? 0
        const strengths = [equalStrengths(spec, strength), equalStrengths(spec, strength)]
        await executor.step(smallBatch(step), smallControls(strengths))
        if (step % 6 !== 5) continue
        await executor.evaluate({
          statisticsBatches: [rangeIndices(0, 8)],
          trainingIndices: rangeIndices(0, 24),
          validationIndices: rangeIndices(0, 12),
          shortcutStrengths: strengths,
        })
        await executor.writeState(0, await executor.readState(0))
        await executor.readMeasurements()
        held.push(executor.memory())
      }
      executor.dispose()
      return held
    }
    const [early, late] = await run()
    expect(late).toEqual(early)
    expect(suite.tensors()).toBe(atStart)
    expect(await run()).toEqual([early, late])
    expect(suite.tensors()).toBe(atStart)
  })
})
