import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countNetwork } from '../domain/countNetwork.ts'
import { dropoutMask } from '../domain/dropoutMask.ts'
import type { DropoutOperation } from '../domain/networkPlan.ts'
import {
  activationOrders,
  blockTypes,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../domain/networkSpec.ts'
import { parametersOf, sizeOf, statisticsOf, type TensorValues } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { relativeError } from './parity/relativeError.ts'
import { generalParameters, generalStatistics } from './testing/generalParameters.ts'
import { plainOf } from './testing/PlainTensor.ts'
import { plainForward } from './testing/plainForward.ts'
import { plainLossAndError } from './testing/plainOps.ts'
import { slopesAlong } from './testing/slopesAlong.ts'
import { smallExecutor } from './testing/smallExecutor.ts'
import { rangeIndices, smallImages } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

/** Any network of the family with the stem for small images, small enough for plain loops. */
const familySpec: fc.Arbitrary<NetworkSpec> = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  shortcut: fc.constantFrom(...shortcutTypes),
  batchNorm: fc.constantFrom(true, true, false),
  initialisation: fc.constantFrom(...initialisations),
  stem: fc.constant('small' as const),
  blocksPerStage: fc.constantFrom<readonly number[]>([1, 1, 1], [2], [2, 1], [1, 1]),
  width: fc.integer({ min: 2, max: 4 }),
  imageSize: fc.integer({ min: 5, max: 9 }),
  channels: fc.constantFrom(1, 3),
  classes: fc.integer({ min: 3, max: 5 }),
  cardinality: fc.integer({ min: 1, max: 3 }),
  groupWidth: fc.integer({ min: 1, max: 2 }),
  residualScale: fc.constantFrom(0.5, 1.7),
  shortcutScale: fc.constantFrom(0.25, 1, 2),
  gateBias: fc.constantFrom(-1, 0, 1),
  dropRate: fc.constantFrom(0.2, 0.5),
})

/** Strength of each shortcut of the first blocks: off, fading or on. */
const familyStrengths = fc.array(fc.constantFrom(0, 0.3, 1, 1), { minLength: 3, maxLength: 3 })

const batchSize = 4
const batch = { indices: rangeIndices(0, batchSize), augmentation: null }

describe.each(suiteExecutors())('any network of the family on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  /** Each network is new, so WebGL compiles new programs for it. */
  const numRuns = { webgl: 6, fused: 25, cpu: 25, wasm: 60, native: 60 }[kind]

  it('gives the logits and the gradient of plain loops, with any shortcuts off or fading', async () => {
    await fc.assert(
      fc.asyncProperty(familySpec, familyStrengths, fc.nat(), async (spec, three, seed) => {
        const plan = planLayers(spec)
        const strengths = three.slice(0, plan.blocks.length)
        const parameters = generalParameters(spec, seed)
        const executor = await smallExecutor(suite, [spec], seed, [parameters])
        const { images: values, labels } = smallImages(spec)
        const size = spec.imageSize ** 2 * spec.channels
        const images = plainOf(
          [batchSize, spec.imageSize, spec.imageSize, spec.channels],
          values.subarray(0, batchSize * size),
        )

        const { logits, gradients } = await executor.readGradients(0, batch, strengths, seed)
        const factorsOf = ({ block, side, channels, rate }: DropoutOperation): Float32Array =>
          dropoutMask(seed, block, batchSize * side ** 2 * channels, rate)
        const forwardOf = (moved: ReadonlyMap<string, ArrayLike<number>>) =>
          plainForward(plan, moved, images, strengths, null, factorsOf).logits
        const expected = forwardOf(parameters).values
        expect(relativeError({ name: '', actual: logits, expected })).toBeLessThan(logitsBound)
        const { claimed, measured } = slopesAlong(
          parameters,
          gradients,
          (moved) => plainLossAndError(forwardOf(moved), labels).loss,
          seed,
        )
        expect(Math.abs(claimed - measured)).toBeLessThan(slopeBound * Math.sqrt(parameters.size))

        const state = await executor.readState(0)
        const statistics = generalStatistics(state.statistics, seed)
        await executor.writeState(0, { ...state, statistics })
        const evaluated = plainForward(plan, parameters, images, strengths, statistics).logits.values
        const actual = await executor.readLogits(0, batch, strengths)
        expect(relativeError({ name: '', actual, expected: evaluated })).toBeLessThan(logitsBound)
        executor.dispose()
      }),
      { numRuns, seed: 1 },
    )
  })

  it('holds exactly the parameters that are counted', async () => {
    await fc.assert(
      fc.asyncProperty(familySpec, async (spec) => {
        const plan = planLayers(spec)
        const executor = await smallExecutor(suite, [spec])
        const state = await executor.readState(0)
        const { gradients } = await executor.readGradients(
          0,
          batch,
          plan.blocks.map(() => 1),
        )
        const counted = new Map(parametersOf(plan).map(({ name, shape }) => [name, sizeOf(shape)]))
        expect(sizesOf(state.parameters)).toEqual(counted)
        expect(sizesOf(state.momentum)).toEqual(counted)
        expect(sizesOf(gradients)).toEqual(counted)
        const numbers = [...state.parameters.values()].reduce((total, { length }) => total + length, 0)
        expect(numbers).toBe(countNetwork(plan).parameters)
        const pairs = statisticsOf(plan).flatMap(({ name, channels }) => [
          [`${name}.mean`, channels] as const,
          [`${name}.variance`, channels] as const,
        ])
        expect(sizesOf(state.statistics)).toEqual(new Map(pairs))
        executor.dispose()
      }),
      { numRuns: kind === 'webgl' || kind === 'fused' ? 4 : 30, seed: 2 },
    )
  })
})

const logitsBound = 1e-4
const slopeBound = 1e-3

const sizesOf = (values: TensorValues): ReadonlyMap<string, number> =>
  new Map([...values].map(([name, { length }]) => [name, length]))
