import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parametersOf, type TensorValues } from '../domain/parameters.ts'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from './testing/smallExecutor.ts'
import { rangeIndices, smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

const objectOf = (values: TensorValues): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries([...values].map(([name, tensor]) => [name, [...tensor]]))

/** Only the tensors that `names` has too. */
const only = (values: TensorValues, names: TensorValues): TensorValues =>
  new Map([...values].filter(([name]) => names.has(name)))

describe.each(suiteExecutors())('shortcuts on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  it('A at strength 0 trains exactly as the plain network', async () => {
    const specs = [smallSpec({ shortcut: 'none' }), smallSpec({ shortcut: 'A' })]
    const executor = await smallExecutor(suite, specs)
    const strengths = specs.map((spec) => equalStrengths(spec, 0))
    for (let step = 0; step < 3; step++) await executor.step(smallBatch(step), smallControls(strengths))
    const measured = await executor.readMeasurements()
    expect(measured).toHaveLength(3)
    for (const [plain, residual] of measured) expect(residual).toEqual(plain)
    const [plain, residual] = [await executor.readState(0), await executor.readState(1)]
    expect(objectOf(residual.parameters)).toEqual(objectOf(plain.parameters))
    expect(objectOf(residual.momentum)).toEqual(objectOf(plain.momentum))
    expect(objectOf(residual.statistics)).toEqual(objectOf(plain.statistics))
    const [a, b] = await executor.evaluate({
      statisticsBatches: [rangeIndices(0, 8), rangeIndices(8, 16)],
      trainingIndices: rangeIndices(0, 24),
      validationIndices: rangeIndices(0, 12),
      shortcutStrengths: strengths,
    })
    expect(b).toEqual(a)
    executor.dispose()
  })

  it('B equals A where the dimensions stay', async () => {
    const specs = [smallSpec({ shortcut: 'A' }), smallSpec({ shortcut: 'B' })]
    const executor = await smallExecutor(suite, specs)
    // Blocks 1 and 2 begin a stage with twice the filters: off. Block 0 keeps its dimensions.
    const strengths = [
      [1, 0, 0],
      [1, 0, 0],
    ]
    const [ofA, ofB] = [
      await executor.readGradients(0, smallBatch(0), [1, 0, 0]),
      await executor.readGradients(1, smallBatch(0), [1, 0, 0]),
    ]
    expect([...ofB.logits]).toEqual([...ofA.logits])
    expect(objectOf(only(ofB.gradients, ofA.gradients))).toEqual(objectOf(ofA.gradients))
    await executor.step(smallBatch(0), smallControls(strengths))
    const [measured] = await executor.readMeasurements()
    expect(measured?.[1]).toEqual(measured?.[0])
    executor.dispose()
  })

  it('a projection that is off gets no gradient and no statistics, but decays', async () => {
    const spec = smallSpec({ shortcut: 'C' })
    const executor = await smallExecutor(suite, [spec])
    const strengths = [1, 0, 1]
    const { gradients } = await executor.readGradients(0, smallBatch(0), strengths)
    const before = await executor.readState(0)
    await executor.step(smallBatch(0), smallControls([strengths]))
    const after = await executor.readState(0)
    const [plan] = executor.plans
    if (plan === undefined) throw new Error('There is one plan.')
    for (const { name, shortcutOfBlock } of parametersOf(plan)) {
      const isOff = shortcutOfBlock === 1
      expect(
        gradients.get(name)?.some((value) => value !== 0),
        name,
      ).toBe(!isOff)
      if (!isOff) continue
      // v = 0.9 · 0 + decay · p and p − 0.05 · v, decay 0.01.
      before.parameters.get(name)?.forEach((value, index) => {
        expect(after.parameters.get(name)?.[index]).toBeCloseTo(value * (1 - 0.05 * 0.01), 6)
        expect(after.momentum.get(name)?.[index]).toBeCloseTo(value * 0.01, 6)
      })
    }
    const off = 'stage2.block1.projection.bn'
    expect([...(after.statistics.get(`${off}.mean`) ?? [])]).toEqual(Array.from({ length: 8 }, () => 0))
    expect([...(after.statistics.get(`${off}.variance`) ?? [])]).toEqual(Array.from({ length: 8 }, () => 1))
    expect(after.statistics.get('stage3.block1.projection.bn.mean')?.some((value) => value !== 0)).toBe(true)
    executor.dispose()
  })

  it.each([0, 0.3, 1])('the gradient at strength %d points where the loss grows', async (strength) => {
    const spec = smallSpec({ shortcut: 'B', imageSize: 6 })
    const executor = await smallExecutor(suite, [spec], 4)
    const strengths = equalStrengths(spec, strength)
    const { gradients } = await executor.readGradients(0, smallBatch(0), strengths)
    const state = await executor.readState(0)
    const squared = [...gradients.values()].flatMap((values) => [...values]).reduce((s, g) => s + g * g, 0)
    const width = 1e-2 / Math.sqrt(squared)

    const lossAt = async (distance: number): Promise<number> => {
      const parameters = new Map(
        [...state.parameters].map(([name, values]) => [
          name,
          values.map((value, index) => value + distance * (gradients.get(name)?.[index] ?? 0)),
        ]),
      )
      await executor.writeState(0, { ...state, parameters })
      await executor.step(smallBatch(0), smallControls([strengths]))
      const [measured] = await executor.readMeasurements()
      return measured?.[0]?.loss ?? Number.NaN
    }
    const slope = ((await lossAt(width)) - (await lossAt(-width))) / (2 * width)
    expect(slope / squared).toBeGreaterThan(0.97)
    expect(slope / squared).toBeLessThan(1.03)
    executor.dispose()
  })
})
