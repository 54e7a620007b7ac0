import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AugmentationDraws } from '../../datasets/augmentation.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { Batch, Measurement } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { openWebglContext, type WebglContext } from '../openWebglContext.ts'
import { relativeError, worstOf } from '../parity/relativeError.ts'
import { generalParameters } from '../testing/generalParameters.ts'
import { plainOf } from '../testing/PlainTensor.ts'
import { plainBackward } from '../testing/plainBackward.ts'
import { plainForward } from '../testing/plainForward.ts'
import { plainMoved } from '../testing/plainMoved.ts'
import { plainLossAndError } from '../testing/plainOps.ts'
import { equalStrengths, smallControls, smallExecutor } from '../testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { createFusedExecutor, type FusedExecutorOptions } from './createFusedExecutor.ts'

let context: WebglContext
beforeAll(() => {
  context = openWebglContext()
})
afterAll(() => context.close())

/** Networks in general position, or as they start. */
const build = (
  specs: readonly NetworkSpec[],
  options: Partial<FusedExecutorOptions> = {},
  isGeneral = true,
): Promise<InspectableExecutor> =>
  smallExecutor(
    { create: (request) => createFusedExecutor(request, { gl: context.gl, ...options }) },
    specs,
    1,
    isGeneral ? specs.map((spec) => generalParameters(spec, 1)) : undefined,
  )

const batchOf = (size: number, start = 0): Batch => ({
  indices: rangeIndices(start, start + size),
  augmentation: null,
})

/** The same network on the same batch in plain loops. */
const plainOn = (spec: NetworkSpec, batch: Batch) => {
  const plan = planLayers(spec)
  const set = smallImages(spec)
  const parameters = generalParameters(spec, 1)
  const strengths = equalStrengths(spec, 1)
  const { imageSize, channels } = spec
  const images = plainOf([batch.indices.length, imageSize, imageSize, channels], plainMoved(set, batch))
  const labels = [...batch.indices].map((index) => set.labels[index] ?? 0)
  const forward = plainForward(plan, parameters, images, strengths, null)
  const dropoutFactors = (): never => {
    throw new Error('Nothing is dropped.')
  }
  return {
    logits: forward.logits.values,
    measured: plainLossAndError(forward.logits, labels),
    gradients: plainBackward({ plan, parameters, forward, labels, strengths, dropoutFactors }),
  }
}

/** Logits, gradient, loss and error of one step are those of plain loops. */
const expectAsInPlainLoops = async (
  executor: InspectableExecutor,
  spec: NetworkSpec,
  batch: Batch,
): Promise<void> => {
  const strengths = equalStrengths(spec, 1)
  const expected = plainOn(spec, batch)
  const actual = await executor.readGradients(0, batch, strengths)
  expect(relativeError({ name: '', actual: actual.logits, expected: expected.logits })).toBeLessThan(1e-4)
  const worst = worstOf(
    [...expected.gradients].map(([name, values]) => ({
      name,
      actual: actual.gradients.get(name) ?? [],
      expected: values,
    })),
  )
  expect(worst.error, worst.name).toBeLessThan(1e-3)
  await executor.step(batch, { ...smallControls([strengths]), learningRate: 0 })
  const [row] = await executor.readMeasurements()
  expect(row?.[0]?.loss).toBeCloseTo(expected.measured.loss, 4)
  expect(row?.[0]?.error).toBeCloseTo(expected.measured.error, 3)
}

describe('a step as plain loops take it', () => {
  it.each([
    [7, 'a hundred classes, grey images', { classes: 100, channels: 1 }],
    [5, 'two classes', { classes: 2 }],
    [13, 'five classes, images of five channels', { classes: 5, channels: 5 }],
  ] as const)('on %i images: %s', async (size, _, changes) => {
    const spec = smallSpec({ imageSize: 6, blocksPerStage: [1, 1], ...changes })
    const executor = await build([spec])
    await expectAsInPlainLoops(executor, spec, batchOf(size))
    executor.dispose()
  })

  it('on more images than a sum has parts, and on one, by the same executor', async () => {
    const spec = smallSpec({ imageSize: 5, blocksPerStage: [1] })
    const executor = await build([spec])
    const many = { indices: Int32Array.from({ length: 70 }, (_, at) => (at * 5) % 24), augmentation: null }
    for (const batch of [many, batchOf(1, 3), many]) await expectAsInPlainLoops(executor, spec, batch)
    executor.dispose()
  })

  it.each([
    ['of images on the device', undefined],
    ['of images that are handed over', 0],
  ])('on shifted and mirrored images, %s', async (_, residentBytes) => {
    const spec = smallSpec({ imageSize: 7, blocksPerStage: [1] })
    // Both ways, further than training shifts, and out of the picture.
    const augmentation: AugmentationDraws = {
      rowShifts: Int8Array.of(0, 1, -2, 3, 0, -7),
      columnShifts: Int8Array.of(0, -1, 2, 0, 4, 1),
      flips: Uint8Array.of(1, 0, 1, 1, 0, 1),
    }
    const executor = await build([spec], residentBytes === undefined ? {} : { residentBytes })
    // Backwards: handed over, an image lies elsewhere than in its set.
    const batch = { indices: Int32Array.of(20, 11, 3, 3, 23, 0), augmentation }
    await expectAsInPlainLoops(executor, spec, batch)
    executor.dispose()
  })
})

describe('measurements', () => {
  const spec = smallSpec({ imageSize: 4, blocksPerStage: [1] })
  const other = smallSpec({ imageSize: 4, blocksPerStage: [1], shortcut: 'none', batchNorm: false })
  const specs = [spec, other, spec]
  const strengths = specs.map((of) => equalStrengths(of, 1))
  const controls = smallControls(strengths)
  const request = {
    statisticsBatches: [rangeIndices(0, 6), rangeIndices(6, 12)],
    trainingIndices: rangeIndices(0, 10),
    validationIndices: rangeIndices(0, 7),
    shortcutStrengths: strengths,
  }

  it('are the same whether they are read at each step or in the end, whatever happens between', async () => {
    const sizes = [8, 8, 5, 8, 1, 3, 3]
    const oftenRead = await build(specs, {}, false)
    const often: (readonly Measurement[])[] = []
    for (const [step, size] of sizes.entries()) {
      await oftenRead.step(batchOf(size, step), controls)
      often.push(...(await oftenRead.readMeasurements()))
    }
    const onceRead = await build(specs, {}, false)
    for (const [step, size] of sizes.entries()) {
      await onceRead.step(batchOf(size, step), controls)
      // What is looked at between two steps leaves no trace.
      if (step === 1) await onceRead.evaluate(request)
      if (step === 3) await onceRead.readGradients(1, batchOf(4), strengths[1] ?? [])
      if (step === 5) await onceRead.readLogits(2, batchOf(6), strengths[2] ?? [])
    }
    expect(await onceRead.readMeasurements()).toEqual(often)
    expect(await onceRead.readState(2)).toEqual(await oftenRead.readState(2))
    oftenRead.dispose()
    onceRead.dispose()
  })

  it('are the same where the log is full before anybody reads', async () => {
    const steps = 260
    const read = async (every: number): Promise<readonly (readonly Measurement[])[]> => {
      const executor = await build([spec], { batchSize: 8 }, false)
      const rows: (readonly Measurement[])[] = []
      for (let step = 0; step < steps; step++) {
        await executor.step(batchOf(8, step % 10), controls)
        if ((step + 1) % every === 0) rows.push(...(await executor.readMeasurements()))
      }
      executor.dispose()
      return rows
    }
    const often = await read(52)
    expect(often).toHaveLength(steps)
    expect(await read(steps)).toEqual(often)
  })

  it('and everything else may be asked for at once', async () => {
    const executor = await build(specs, { batchSize: 8 }, false)
    const inTurn = await build(specs, { batchSize: 8 }, false)
    for (const of of [executor, inTurn])
      for (let step = 0; step < 3; step++) await of.step(batchOf(8, step), controls)
    const [measured, state, evaluated, logits] = await Promise.all([
      executor.readMeasurements(),
      executor.readState(0),
      executor.evaluate(request),
      executor.readLogits(1, batchOf(8), strengths[1] ?? []),
    ])
    expect(measured).toEqual(await inTurn.readMeasurements())
    expect(state).toEqual(await inTurn.readState(0))
    expect(evaluated).toEqual(await inTurn.evaluate(request))
    expect(logits).toEqual(await inTurn.readLogits(1, batchOf(8), strengths[1] ?? []))
    executor.dispose()
    inTurn.dispose()
  })
})
