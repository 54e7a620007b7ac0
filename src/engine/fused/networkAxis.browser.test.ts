import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawAugmentation } from '../../datasets/augmentation.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { Batch, StepControls } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { openWebglContext, type WebglContext } from '../openWebglContext.ts'
import { relativeError } from '../parity/relativeError.ts'
import { generalParameters } from '../testing/generalParameters.ts'
import { equalStrengths, smallControls } from '../testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { createFusedExecutor, type FusedExecutorOptions } from './createFusedExecutor.ts'
import { fusedLimitsOf } from './fusedSupport.ts'

let context: WebglContext
beforeAll(() => {
  context = openWebglContext()
})
afterAll(() => context.close())

const create = (
  specs: readonly NetworkSpec[],
  seeds: readonly number[],
  options: Partial<FusedExecutorOptions> = {},
): Promise<InspectableExecutor> => {
  const plans = specs.map(planLayers)
  const [first] = specs
  if (first === undefined) throw new Error('An executor needs a network.')
  return createFusedExecutor(
    {
      plans,
      initial: plans.map((plan, network) => initialParameters(plan, seeds[network] ?? 1)),
      training: smallImages(first),
      validation: smallImages(first, 12, 8),
    },
    { gl: context.gl, ...options },
  )
}

const batchOf = (start: number, size: number, augmentation: Batch['augmentation'] = null): Batch => ({
  indices: rangeIndices(start, start + size),
  augmentation,
})

const trained = async (
  executor: InspectableExecutor,
  controls: StepControls,
  batches: readonly Batch[],
): Promise<void> => {
  for (const batch of batches) await executor.step(batch, controls)
}

const expectClose = (
  actual: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
  bound: number,
): void => {
  expect([...actual.keys()]).toEqual([...expected.keys()])
  for (const [name, values] of expected)
    expect(
      relativeError({ name, actual: actual.get(name) ?? [], expected: values }),
      name,
    ).toBeLessThanOrEqual(bound)
}

describe('networks side by side', () => {
  const spec = smallSpec({ shortcut: 'B', imageSize: 6 })
  const other = smallSpec({ imageSize: 6, blocksPerStage: [1] })
  const batches = [0, 8, 16].map((start) => batchOf(start, 8))

  it('train as each would alone, in the order in which they were named', async () => {
    const seeds = [1, 2, 3, 4]
    const specs = [spec, other, spec, spec]
    const strengths = [
      equalStrengths(spec, 1),
      equalStrengths(other, 1),
      equalStrengths(spec, 0),
      [1, 0, 0.3],
    ]
    const together = await create(specs, seeds)
    await trained(together, smallControls(strengths), batches)
    const measured = await together.readMeasurements()
    const evaluated = await together.evaluate({
      statisticsBatches: [rangeIndices(0, 8)],
      trainingIndices: rangeIndices(0, 11),
      validationIndices: rangeIndices(0, 12),
      shortcutStrengths: strengths,
    })
    for (const [network, own] of specs.entries()) {
      const alone = await create([own], [seeds[network] ?? 0])
      await trained(alone, smallControls([strengths[network] ?? []]), batches)
      const state = await together.readState(network)
      const expected = await alone.readState(0)
      expectClose(state.parameters, expected.parameters, 1e-6)
      expectClose(state.momentum, expected.momentum, 1e-5)
      expectClose(state.statistics, expected.statistics, 1e-6)
      const ofAlone = await alone.readMeasurements()
      expect(measured.map((row) => row[network]?.error)).toEqual(ofAlone.map((row) => row[0]?.error))
      const [result] = await alone.evaluate({
        statisticsBatches: [rangeIndices(0, 8)],
        trainingIndices: rangeIndices(0, 11),
        validationIndices: rangeIndices(0, 12),
        shortcutStrengths: [strengths[network] ?? []],
      })
      expect(evaluated[network]?.validation.loss).toBeCloseTo(result?.validation.loss ?? Number.NaN, 5)
      alone.dispose()
    }
    together.dispose()
  })

  it('keep their own gradients', async () => {
    const together = await create([spec, spec], [5, 6])
    const alone = await create([spec], [6])
    const ofSecond = await together.readGradients(1, batchOf(0, 8), equalStrengths(spec, 1))
    const expected = await alone.readGradients(0, batchOf(0, 8), equalStrengths(spec, 1))
    expectClose(ofSecond.gradients, expected.gradients, 1e-6)
    together.dispose()
    alone.dispose()
  })
})

describe('a device with less', () => {
  const kinds: readonly (readonly [string, Partial<NetworkSpec>])[] = [
    ['shortcuts A', { imageSize: 5 }],
    ['bottleneck blocks', { block: 'bottleneck', shortcut: 'B', imageSize: 7 }],
    ['groups of one channel', { block: 'resnext', cardinality: 8, groupWidth: 1, imageSize: 6 }],
    ['groups of eight channels', { block: 'resnext', cardinality: 2, groupWidth: 8, imageSize: 6 }],
    ['no batch norm', { batchNorm: false, imageSize: 6 }],
    ['a gate', { shortcut: 'exclusive-gate', order: 'full-preact', imageSize: 6 }],
    ['Dirac kernels', { initialisation: 'dirac', imageSize: 6 }],
  ]

  const expectTheSame = async (changes: Partial<NetworkSpec>, options: Partial<FusedExecutorOptions>) => {
    const spec = smallSpec(changes)
    const strengths = equalStrengths(spec, 1)
    const usual = await create([spec], [1])
    const limited = await create([spec], [1], options)
    // With shifts of 0 as at the start, a scale behind which all is normalised again has no gradient to compare.
    const state = { ...(await usual.readState(0)), parameters: generalParameters(spec, 1) }
    await usual.writeState(0, state)
    await limited.writeState(0, state)
    const batch = batchOf(3, 5)
    const expected = await usual.readGradients(0, batch, strengths)
    const actual = await limited.readGradients(0, batch, strengths)
    expect(relativeError({ name: 'logits', actual: actual.logits, expected: expected.logits })).toBeLessThan(
      1e-5,
    )
    expectClose(actual.gradients, expected.gradients, 1e-4)
    for (const executor of [usual, limited])
      await trained(executor, smallControls([strengths]), [batch, batch])
    const request = {
      statisticsBatches: [rangeIndices(0, 5)],
      trainingIndices: rangeIndices(0, 12),
      validationIndices: rangeIndices(0, 7),
      shortcutStrengths: [strengths],
    }
    const [ofUsual] = await usual.evaluate(request)
    const [ofLimited] = await limited.evaluate(request)
    expect(ofLimited?.training.loss).toBeCloseTo(ofUsual?.training.loss ?? Number.NaN, 4)
    expect(ofLimited?.validation.error).toBeCloseTo(ofUsual?.validation.error ?? Number.NaN, 3)
    usual.dispose()
    limited.dispose()
  }

  it.each(kinds)('computes the same with four render targets: %s', async (_, changes) => {
    const limits = fusedLimitsOf(context.gl)
    if (typeof limits === 'string') throw new Error(limits)
    await expectTheSame(changes, { limits: { ...limits, targets: 4 } })
  })

  it('computes the same where blocks do not fit beside one another', async () => {
    await expectTheSame({ imageSize: 6, width: 8 }, { limits: { maxTextureSide: 288, targets: 8 } })
  })
})

describe('a data set', () => {
  const spec = smallSpec({ imageSize: 9 })
  const strengths = [equalStrengths(spec, 1)]

  it('is moved, mirrored and handed over batch by batch with the same result', async () => {
    const batches = [0, 8].map((start, step) => batchOf(start, 8, drawAugmentation(step, 8, 9, 3)))
    const resident = await create([spec], [1])
    const handedOver = await create([spec], [1], { residentBytes: 0 })
    for (const executor of [resident, handedOver]) await trained(executor, smallControls(strengths), batches)
    expect(await handedOver.readState(0)).toEqual(await resident.readState(0))
    resident.dispose()
    handedOver.dispose()
  })
})
