import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dropoutMask } from '../../domain/dropoutMask.ts'
import type { DropoutOperation } from '../../domain/networkPlan.ts'
import { activationOrders, blockTypes, initialisations, shortcutTypes } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { generalParameters } from './generalParameters.ts'
import { plainOf } from './PlainTensor.ts'
import { plainBackward } from './plainBackward.ts'
import { plainForward } from './plainForward.ts'
import { plainLossAndError } from './plainOps.ts'
import { slopesAlong } from './slopesAlong.ts'
import { smallImages, smallSpec } from './smallExperiment.ts'

const cases = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  shortcut: fc.constantFrom(...shortcutTypes),
  batchNorm: fc.boolean(),
  initialisation: fc.constantFrom(...initialisations),
  blocksPerStage: fc.constantFrom<readonly number[]>([1, 1], [2]),
  width: fc.integer({ min: 2, max: 3 }),
  imageSize: fc.integer({ min: 5, max: 7 }),
  residualScale: fc.constantFrom(0.5, 1.7),
  shortcutScale: fc.constantFrom(0.25, 2),
  gateBias: fc.constantFrom(-1, 1),
})

it('is the slope that finite differences measure, for any network of the family', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom(0.3, 1), fc.nat(), (changes, strength, seed) => {
      const spec = smallSpec({ ...changes, cardinality: 2, groupWidth: 1 })
      const plan = planLayers(spec)
      const parameters = generalParameters(spec, seed)
      const { images: values, labels } = smallImages(spec, 4)
      const images = plainOf([4, spec.imageSize, spec.imageSize, spec.channels], values)
      const strengths = plan.blocks.map(() => strength)
      const dropoutFactors = ({ block, side, channels, rate }: DropoutOperation): Float32Array =>
        dropoutMask(seed, block, 4 * side ** 2 * channels, rate)
      const forwardOf = (moved: ReadonlyMap<string, ArrayLike<number>>) =>
        plainForward(plan, moved, images, strengths, null, dropoutFactors)
      const forward = forwardOf(parameters)
      const gradients = plainBackward({ plan, parameters, forward, labels, strengths, dropoutFactors })
      const { claimed, measured } = slopesAlong(
        parameters,
        new Map([...gradients].map(([name, gradient]) => [name, Float32Array.from(gradient)])),
        (moved) => plainLossAndError(forwardOf(moved).logits, labels).loss,
        seed,
      )
      expect(Math.abs(claimed - measured)).toBeLessThan(1e-3 * Math.sqrt(parameters.size))
    }),
    { numRuns: 40, seed: 1 },
  )
})
