import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import { errorOf, onDevice } from '../testing/deviceTensor.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainMoments, plainNorm, plainRelu } from '../testing/plainOps.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { createConstants } from './constants.ts'
import { normGradients, normTraining, normWithStatistics } from './norm.ts'

const cases = fc.record({
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 3 }),
  side: fc.integer({ min: 1, max: 4 }),
  channels: fc.integer({ min: 1, max: 3 }),
  relu: fc.boolean(),
  /** Far from zero, a variance from two large sums would lose its digits. */
  offset: fc.constantFrom(0, 30),
})

const trained = (x: PlainTensor, gamma: PlainTensor, beta: PlainTensor): PlainTensor => {
  const { mean, variance } = plainMoments(x)
  return plainNorm(x, gamma, beta, mean, variance)
}

describe.each(suiteBackends())('batch normalisation on %s', (backend) => {
  let open: OpenBackend
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())

  it('by the batch, and its gradients, are what plain loops and finite differences give', async () => {
    const constants = createConstants()
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, batch, side, channels, relu, offset }) => {
        const stream = randomStream(seed, 'norm')
        const centred = plainNormal([batch, side, side, channels], stream)
        const x = plainOf(
          centred.shape,
          centred.values.map((value) => Math.fround(value + offset)),
        )
        const gamma = plainNormal([channels], stream)
        const beta = plainNormal([channels], stream)
        const gradient = plainNormal(x.shape, stream)
        const moments = plainMoments(x)
        const linear = trained(x, gamma, beta)
        const weighted = (y: PlainTensor): number =>
          y.values.reduce((sum, value, index) => sum + value * valueAt(gradient.values, index), 0)

        const xTensor = onDevice<Tensor4D>(x)
        const gammaTensor = onDevice<Tensor1D>(gamma)
        const betaTensor = onDevice<Tensor1D>(beta)
        const gradientTensor = onDevice<Tensor4D>(gradient)
        const { output, saved, mean, variance } = normTraining(
          xTensor,
          gammaTensor,
          betaTensor,
          relu,
          constants,
        )
        const gradients = normGradients(gradientTensor, saved, gammaTensor, constants)

        // Of some batches of two values the variance is nearly 0, and what is divided by it nearly anything.
        fc.pre(moments.variance.values.every((value) => value > 1e-2))
        const tolerance = offset === 0 ? 1e-4 : 1e-3
        expect(await errorOf(output, relu ? plainRelu(linear) : linear)).toBeLessThan(tolerance)
        expect(await errorOf(mean, moments.mean)).toBeLessThan(tolerance)
        expect(await errorOf(variance, moments.variance)).toBeLessThan(tolerance)
        const numericInput = numericGradient(x, (moved) => weighted(trained(moved, gamma, beta)))
        const numericGamma = numericGradient(gamma, (moved) => weighted(trained(x, moved, beta)))
        const numericBeta = numericGradient(beta, (moved) => weighted(trained(x, gamma, moved)))
        expect(await errorOf(gradients.input, numericInput, 0.1)).toBeLessThan(10 * tolerance)
        expect(await errorOf(gradients.gamma, numericGamma, 0.1)).toBeLessThan(tolerance)
        expect(await errorOf(gradients.beta, numericBeta, 0.1)).toBeLessThan(tolerance)
        for (const tensor of [xTensor, gammaTensor, betaTensor, gradientTensor]) tensor.dispose()
        saved.centred.dispose()
        saved.inverseDeviation.dispose()
      }),
      { numRuns: backend === 'webgl' ? 10 : 30 },
    )
    constants.dispose()
  })

  it('by given statistics is what plain loops give', async () => {
    const stream = randomStream(5, 'norm by statistics')
    const x = plainNormal([2, 5, 5, 3], stream)
    const [gamma, beta, mean] = [
      plainNormal([3], stream),
      plainNormal([3], stream),
      plainNormal([3], stream),
    ] as const
    const variance = plainOf([3], [0.5, 1, 4])
    const expected = plainRelu(plainNorm(x, gamma, beta, mean, variance))
    const tensors = [gamma, beta, mean, variance].map((values) => onDevice<Tensor1D>(values))
    const [g, b, m, v] = tensors
    const xTensor = onDevice<Tensor4D>(x)
    if (g === undefined || b === undefined || m === undefined || v === undefined) throw new Error('four')
    expect(await errorOf(normWithStatistics(xTensor, g, b, m, v, true), expected)).toBeLessThan(1e-5)
    for (const tensor of [xTensor, ...tensors]) tensor.dispose()
  })
})
