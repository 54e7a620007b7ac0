import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countNetwork } from '../../domain/countNetwork.ts'
import { dropoutMask } from '../../domain/dropoutMask.ts'
import type { DropoutOperation, NetworkPlan } from '../../domain/networkPlan.ts'
import {
  activationOrders,
  blockTypes,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { flatten, parameterLayout, statisticsLayout, unflatten } from '../flatLayout.ts'
import { relativeError } from '../parity/relativeError.ts'
import { generalParameters, generalStatistics } from '../testing/generalParameters.ts'
import { plainOf } from '../testing/PlainTensor.ts'
import { plainBackward } from '../testing/plainBackward.ts'
import { type PlainForward, plainForward } from '../testing/plainForward.ts'
import { plainLossAndError } from '../testing/plainOps.ts'
import { smallImages } from '../testing/smallExperiment.ts'
import { createNativeNetwork } from './createNativeNetwork.ts'
import { loadEngine } from './loadEngine.ts'
import type { GatheredBatch } from './nativeNetwork.ts'

const module = await loadEngine(false)

interface NetworkCase {
  readonly spec: NetworkSpec
  readonly batch: number
  /** Images that the memory is laid out for at first, and of the batch that was there before. */
  readonly capacity: number
  readonly before: number
  readonly strengths: readonly number[]
  readonly seed: number
}

/** Any network of the family with the stem for small images: of any width and side, also those that fill no vector. */
const anySpec: fc.Arbitrary<NetworkSpec> = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  shortcut: fc.constantFrom(...shortcutTypes),
  batchNorm: fc.constantFrom(true, true, false),
  initialisation: fc.constantFrom(...initialisations),
  stem: fc.constant('small' as const),
  blocksPerStage: fc.constantFrom<readonly number[]>([1], [1, 1], [2, 1], [1, 1, 1]),
  width: fc.integer({ min: 1, max: 40 }),
  imageSize: fc.oneof(fc.constantFrom(5, 7, 9, 13), fc.integer({ min: 8, max: 64 })),
  channels: fc.constantFrom(1, 3),
  classes: fc.integer({ min: 2, max: 100 }),
  cardinality: fc.integer({ min: 1, max: 6 }),
  groupWidth: fc.integer({ min: 1, max: 9 }),
  residualScale: fc.constantFrom(0.5, 1.7),
  shortcutScale: fc.constantFrom(0.25, 1, 2),
  gateBias: fc.constantFrom(-1, 0, 1),
  dropRate: fc.constantFrom(0.2, 0.5),
})

/** Small enough for plain loops; and statistics are of some values at least, else their last digits are chance. */
const isSmall = ({ spec, batch }: NetworkCase): boolean => {
  const plan = planLayers(spec)
  const side = plan.blocks.at(-1)?.outputSide ?? 1
  return countNetwork(plan).multiplyAdds * batch < 5e5 && (!spec.batchNorm || batch * side * side >= 8)
}

const cases = fc
  .record({
    spec: anySpec,
    batch: fc.integer({ min: 1, max: 9 }),
    capacity: fc.integer({ min: 1, max: 12 }),
    before: fc.integer({ min: 1, max: 9 }),
    strengths: fc.array(fc.constantFrom(0, 0.3, 1, 1), { minLength: 3, maxLength: 3 }),
    seed: fc.nat(),
  })
  .filter(isSmall)

const batchOf = (spec: NetworkSpec, count: number, seed: number): GatheredBatch => {
  const { images, labels } = smallImages(spec, count, seed)
  return { images, labels, augmentation: null }
}

/** Whether no ReLU stands so near its kink that float32 could take it across. */
const standsClear = ({ operations }: NetworkPlan, { activations }: PlainForward): boolean =>
  operations.every((operation) => {
    if (operation.kind !== 'relu') return true
    const values = activations.get(operation.input)?.values ?? new Float64Array()
    const nearest = 1e-5 * Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
    return values.every((value) => value === 0 || Math.abs(value) > nearest)
  })

const bound = 1e-4
/** Sums over an image may all but cancel, and then float32 leaves this much; each kernel alone is held to far less. */
const gradientBound = 1e-3

it('any network gives the activations, the gradient and the statistics of plain loops, whatever came before', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ spec, batch, capacity, before, strengths, seed }) => {
      const plan = planLayers(spec)
      const [flat, flatStatistics] = [parameterLayout(plan), statisticsLayout(plan)]
      const parameters = generalParameters(spec, seed)
      const initial = flatten(flat, parameters)
      const network = await createNativeNetwork({ module, plan, initial, batchSize: capacity, threads: 1 })
      network.differentiate(batchOf(spec, before, 3), strengths, 1)

      const images = batchOf(spec, batch, 7)
      const plainImages = plainOf([batch, spec.imageSize, spec.imageSize, spec.channels], images.images)
      const factorsOf = ({ block, side, channels, rate }: DropoutOperation): Float32Array =>
        dropoutMask(seed, block, batch * side ** 2 * channels, rate)
      const forward = plainForward(plan, parameters, plainImages, strengths, null, factorsOf)
      fc.pre(standsClear(plan, forward))

      const { logits, gradient } = network.differentiate(images, strengths, seed)
      expect(relativeError({ name: '', actual: logits, expected: forward.logits.values })).toBeLessThan(bound)
      const { labels } = images
      const gradients = plainBackward({
        plan,
        parameters,
        forward,
        labels,
        strengths,
        dropoutFactors: factorsOf,
      })
      const largest = Math.max(...[...gradients.values()].map((values) => Math.max(...values.map(Math.abs))))
      for (const [name, actual] of unflatten(flat, gradient)) {
        const error = relativeError({ name, actual, expected: gradients.get(name) ?? [] }, largest / 10)
        expect(error, name).toBeLessThan(gradientBound)
      }

      const { moments, activations } = plainForward(plan, parameters, plainImages, strengths, null)
      for (const [name, actual] of network.observe(images, strengths)) {
        const expected = activations.get(name)?.values ?? []
        expect(relativeError({ name, actual, expected }, 1e-6), name).toBeLessThan(bound)
      }
      const ofBatch = unflatten(flatStatistics, network.batchStatistics(images, strengths))
      for (const [name, { mean, unbiased }] of moments) {
        const [ofMean, ofVariance] = [ofBatch.get(`${name}.mean`), ofBatch.get(`${name}.variance`)]
        if (ofMean === undefined || ofVariance === undefined) throw new Error(`${name} has no statistics.`)
        // Plain loops compute a shortcut that is off, too.
        if (ofMean.every((value) => value === 0)) continue
        // A mean is as exact as what it is the mean of.
        const deviation = Math.sqrt(Math.max(...unbiased.values))
        const meanError = relativeError({ name, actual: ofMean, expected: mean.values }, deviation)
        expect(meanError, name).toBeLessThan(bound)
        expect(relativeError({ name, actual: ofVariance, expected: unbiased.values }), name).toBeLessThan(
          bound,
        )
      }

      const given = generalStatistics(ofBatch, seed)
      const evaluated = plainForward(plan, parameters, plainImages, strengths, given).logits
      const inferred = network.infer(images, strengths, flatten(flatStatistics, given))
      const error = relativeError({ name: '', actual: inferred.logits, expected: evaluated.values })
      expect(error).toBeLessThan(bound)
      const { loss, error: percent } = plainLossAndError(evaluated, images.labels)
      expect(Math.abs(inferred.measurement.loss - loss)).toBeLessThan(bound * Math.max(1, loss))
      expect(inferred.measurement.error).toBeCloseTo(percent, 6)
      network.dispose()
    }),
    { numRuns: 80, seed: 1 },
  )
})
