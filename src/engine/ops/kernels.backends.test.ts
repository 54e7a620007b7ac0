import { memory, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import { errorOf, onDevice } from '../testing/deviceTensor.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, valueAt } from '../testing/PlainTensor.ts'
import { plainConv, plainConvGradients } from '../testing/plainConv.ts'
import { plainDiracKernel } from '../testing/plainDirac.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { createConstants } from './constants.ts'
import { conv, convInputGradient, convKernelGradient } from './conv.ts'
import { diracGradients, diracKernel } from './diracKernel.ts'
import { denseKernel, groupedKernelGradient } from './groupedKernel.ts'

const tolerance = 2e-5

/** More, as many and fewer channels out than in; one group too, which is the ordinary convolution. */
const sizes = fc.record({
  seed: fc.nat(),
  groups: fc.integer({ min: 1, max: 4 }),
  groupInputs: fc.integer({ min: 1, max: 3 }),
  groupOutputs: fc.integer({ min: 1, max: 3 }),
  kernelSize: fc.constantFrom<1 | 3>(1, 3),
  stride: fc.constantFrom<1 | 2>(1, 2),
  side: fc.integer({ min: 3, max: 7 }),
})

describe.each(suiteBackends())('kernels made of other tensors, on %s', (backend) => {
  const numRuns = backend === 'webgl' ? 10 : 30
  let open: OpenBackend
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())

  it('a grouped convolution and both its gradients are what plain loops give', async () => {
    const constants = createConstants()
    await fc.assert(
      fc.asyncProperty(
        sizes,
        async ({ seed, groups, groupInputs, groupOutputs, kernelSize, stride, side }) => {
          const geometry = { stride, padding: kernelSize === 3 ? 1 : 0 } as const
          const stream = randomStream(seed, 'grouped')
          const x = plainNormal([2, side, side, groups * groupInputs], stream)
          const kernel = plainNormal([kernelSize, kernelSize, groupInputs, groups * groupOutputs], stream)
          const y = plainConv(x, kernel, { ...geometry, groups })
          const gradient = plainNormal(y.shape, stream)
          const expected = plainConvGradients(x, kernel, gradient, { ...geometry, groups })

          const tensors: Tensor[] = []
          const place = (values: PlainTensor): Tensor4D => {
            const tensor = onDevice<Tensor4D>(values)
            tensors.push(tensor)
            return tensor
          }
          const [xTensor, gradientTensor] = [place(x), place(gradient)]
          const dense = denseKernel(place(kernel), groups, constants)
          const ofDense = convKernelGradient(xTensor, gradientTensor, dense.shape, geometry)
          tensors.push(dense, ofDense)
          expect(await errorOf(conv(xTensor, dense, geometry), y)).toBeLessThan(tolerance)
          const ofKernel = groupedKernelGradient(ofDense, groups, constants)
          expect(await errorOf(ofKernel, expected.kernel)).toBeLessThan(tolerance)
          const ofInput = convInputGradient(gradientTensor, dense, xTensor.shape, geometry)
          expect(await errorOf(ofInput, expected.input)).toBeLessThan(tolerance)
          for (const tensor of tensors) tensor.dispose()
        },
      ),
      { numRuns },
    )
    constants.dispose()
  })

  it('a Dirac kernel and its three gradients', async () => {
    const tensorsBefore = memory().numTensors
    const constants = createConstants()
    await fc.assert(
      fc.asyncProperty(sizes, async ({ seed, groups, groupInputs, groupOutputs, kernelSize }) => {
        const stream = randomStream(seed, 'dirac')
        const outputs = groups * groupOutputs
        const shape = [kernelSize, kernelSize, groupInputs, outputs]
        const weights = plainNormal(shape, stream)
        const [identity, scale] = [plainNormal([outputs], stream), plainNormal([outputs], stream)]
        const gradient = plainNormal(shape, stream)
        // A kernel of one number that is nearly 0 has a sign and no size: what is divided by it is nearly anything.
        fc.pre(weights.values.every((value) => Math.abs(value) > 1e-2))
        const weighted = (kernel: PlainTensor): number =>
          kernel.values.reduce((sum, value, index) => sum + value * valueAt(gradient.values, index), 0)

        const parameters = {
          weights: onDevice<Tensor4D>(weights),
          identity: onDevice<Tensor1D>(identity),
          scale: onDevice<Tensor1D>(scale),
        }
        const gradientTensor = onDevice<Tensor4D>(gradient)
        const kernel = diracKernel(parameters, groups, constants)
        const expected = plainDiracKernel(weights, identity, scale, groups)
        expect(await errorOf(kernel, expected)).toBeLessThan(tolerance)
        const gradients = diracGradients(gradientTensor, parameters, groups, constants)
        const ofWeights = numericGradient(weights, (moved) =>
          weighted(plainDiracKernel(moved, identity, scale, groups)),
        )
        const ofIdentity = numericGradient(identity, (moved) =>
          weighted(plainDiracKernel(weights, moved, scale, groups)),
        )
        const ofScale = numericGradient(scale, (moved) =>
          weighted(plainDiracKernel(weights, identity, moved, groups)),
        )
        expect(await errorOf(gradients.weights, ofWeights, 0.1)).toBeLessThan(10 * tolerance)
        expect(await errorOf(gradients.identity, ofIdentity, 0.1)).toBeLessThan(tolerance)
        expect(await errorOf(gradients.scale, ofScale, 0.1)).toBeLessThan(tolerance)
        for (const tensor of [...Object.values(parameters), gradientTensor]) tensor.dispose()
      }),
      { numRuns },
    )
    constants.dispose()
    expect(memory().numTensors, 'tensors left behind').toBe(tensorsBefore)
  })
})
