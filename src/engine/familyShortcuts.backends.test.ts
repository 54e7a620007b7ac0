import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activationOrders, blockTypes, type ShortcutType, shortcutTypes } from '../domain/networkSpec.ts'
import { parametersOf, type TensorValues } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { generalParameters } from './testing/generalParameters.ts'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from './testing/smallExecutor.ts'
import { smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, type SuiteExecutor, suiteExecutors } from './testing/suiteExecutors.ts'

const objectOf = (values: TensorValues): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries([...values].map(([name, tensor]) => [name, [...tensor]]))

const isAllZero = (values: Float32Array | undefined): boolean =>
  values?.every((value) => value === 0) === true

/** Every order with every block; on WebGL, where each is compiled anew, each order and each block once. */
const kindsOn = (executor: SuiteExecutor) =>
  activationOrders.flatMap((order, position) =>
    blockTypes
      .filter((_, block) => executor !== 'webgl' || block === position % blockTypes.length)
      .map((block) => ({ order, block })),
  )

const withShortcut = shortcutTypes.filter((shortcut) => shortcut !== 'none')
const ownTensors: readonly ShortcutType[] = ['C', 'exclusive-gate', 'shortcut-gate']

describe.each(suiteExecutors())('the shortcuts of the whole family on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  const tiny = { width: 2, imageSize: 5, blocksPerStage: [1, 1], cardinality: 2, groupWidth: 1 }

  it.each(kindsOn(kind))(
    'switched off compute exactly the plain network: $order, $block',
    async ({ order, block }) => {
      const plain = smallSpec({ ...tiny, order, block, shortcut: 'none' })
      const specs = [plain, ...withShortcut.map((shortcut) => ({ ...plain, shortcut }))]
      const executor = await smallExecutor(suite, specs)
      const off = equalStrengths(plain, 0)
      const expected = await executor.readGradients(0, smallBatch(0), off)
      expect([...expected.gradients.values()].some((values) => !isAllZero(values))).toBe(true)
      for (const [network, spec] of specs.entries()) {
        const { logits, gradients } = await executor.readGradients(network, smallBatch(0), off)
        expect([...logits], spec.shortcut).toEqual([...expected.logits])
        for (const { name, shortcutOfBlock } of parametersOf(planLayers(spec))) {
          const label = `${spec.shortcut}: ${name}`
          if (shortcutOfBlock === null)
            expect([...(gradients.get(name) ?? [])], label).toEqual([...(expected.gradients.get(name) ?? [])])
          else expect(isAllZero(gradients.get(name)), label).toBe(true)
        }
      }
      executor.dispose()
    },
  )

  it('stay the plain network while it trains, whatever is dropped or decays', async () => {
    const specs = shortcutTypes.map((shortcut) => smallSpec({ ...tiny, shortcut }))
    const executor = await smallExecutor(suite, specs)
    const strengths = specs.map((spec) => equalStrengths(spec, 0))
    for (let step = 0; step < 3; step++) await executor.step(smallBatch(step), smallControls(strengths))
    for (const [plain, ...others] of await executor.readMeasurements())
      for (const other of others) expect(other).toEqual(plain)
    const plain = await executor.readState(0)
    for (const network of specs.keys()) {
      const { parameters } = await executor.readState(network)
      for (const [name, values] of plain.parameters)
        expect([...(parameters.get(name) ?? [])], name).toEqual([...values])
    }
    executor.dispose()
  })

  it.each(ownTensors)(
    '%s of one block that is off gets no gradient; those of the others do',
    async (shortcut) => {
      const spec = smallSpec({ ...tiny, imageSize: 7, shortcut, blocksPerStage: [1, 1, 1] })
      const executor = await smallExecutor(suite, [spec], 1, [generalParameters({ ...spec, gateBias: 0 }, 1)])
      const { gradients } = await executor.readGradients(0, smallBatch(0), [1, 0, 1])
      for (const { name, shortcutOfBlock } of parametersOf(planLayers(spec)))
        expect(isAllZero(gradients.get(name)), name).toBe(shortcutOfBlock === 1)
      executor.dispose()
    },
  )

  it.each(kind === 'webgl' ? (['original', 'full-preact'] as const) : activationOrders)(
    'B equals A where no block changes its dimensions: %s',
    async (order) => {
      const ofA = smallSpec({ ...tiny, order, shortcut: 'A', blocksPerStage: [2] })
      const specs = [ofA, { ...ofA, shortcut: 'B' as const }]
      const executor = await smallExecutor(suite, specs)
      const strengths = specs.map((spec) => equalStrengths(spec, 1))
      await executor.step(smallBatch(0), smallControls(strengths))
      const [measured] = await executor.readMeasurements()
      expect(measured?.[1]).toEqual(measured?.[0])
      const [a, b] = [await executor.readState(0), await executor.readState(1)]
      expect(objectOf(b.parameters)).toEqual(objectOf(a.parameters))
      expect(objectOf(b.statistics)).toEqual(objectOf(a.statistics))
      executor.dispose()
    },
  )
})
