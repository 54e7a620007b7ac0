import fc from 'fast-check'
import {
  activationOrders,
  blockTypes,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { initialParameters, parametersOf, type TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomStream } from '../../domain/random.ts'

/** Any network of the family with the stem for small images, small enough for plain loops. */
export const familySpec: fc.Arbitrary<NetworkSpec> = fc.record({
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
export const familyStrengths = fc.array(fc.constantFrom(0, 0.3, 1, 1), { minLength: 3, maxLength: 3 })

/**
 * Parameters in general position: what starts at 0 or 1 everywhere is moved, so that no term is hidden by the value that it
 * starts at, and no ReLU stands exactly at its kink.
 */
export const generalParameters = (spec: NetworkSpec, seed: number): TensorValues => {
  const plan = planLayers(spec)
  const values = initialParameters(plan, seed)
  return new Map(
    parametersOf(plan).map(({ name, initial }) => {
      const stream = randomStream(seed, `moved/${name}`)
      const tensor = values.get(name) ?? new Float32Array()
      return [name, 'value' in initial ? tensor.map((value) => value + 0.3 * stream.normal()) : tensor]
    }),
  )
}

/** Running statistics in general position. */
export const generalStatistics = (
  names: Iterable<readonly [string, Float32Array]>,
  seed: number,
): TensorValues =>
  new Map(
    [...names].map(([name, values]) => {
      const stream = randomStream(seed, `moved/${name}`)
      const isMean = name.endsWith('.mean')
      return [name, values.map(() => (isMean ? 0.3 * stream.normal() : 0.5 + stream.uniform()))]
    }),
  )
