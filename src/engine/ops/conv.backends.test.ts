import type { Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import { errorOf, onDevice } from '../testing/deviceTensor.ts'
import { plainNormal } from '../testing/PlainTensor.ts'
import { plainConv, plainConvGradients } from '../testing/plainConv.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { conv, convInputGradient, convKernelGradient } from './conv.ts'

const tolerance = 2e-5

/** Odd and even sides, both strides, both kernels. A kernel of 3 is padded by 1, as everywhere in these networks. */
const cases = fc.record({
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 3 }),
  side: fc.integer({ min: 3, max: 9 }),
  inputChannels: fc.integer({ min: 1, max: 5 }),
  outputChannels: fc.integer({ min: 1, max: 5 }),
  kernelSize: fc.constantFrom<1 | 3>(1, 3),
  stride: fc.constantFrom<1 | 2>(1, 2),
})

describe.each(suiteBackends())('convolution on %s', (backend) => {
  let open: OpenBackend
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())

  it('and both its gradients are what plain loops give', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (sizes) => {
        const { seed, batch, side, inputChannels, outputChannels, kernelSize, stride } = sizes
        const geometry = { stride, padding: kernelSize === 3 ? 1 : 0 } as const
        const stream = randomStream(seed, 'conv')
        const x = plainNormal([batch, side, side, inputChannels], stream)
        const kernel = plainNormal([kernelSize, kernelSize, inputChannels, outputChannels], stream)
        const y = plainConv(x, kernel, geometry)
        const gradient = plainNormal(y.shape, stream)
        const expected = plainConvGradients(x, kernel, gradient, geometry)

        const tensors = [
          onDevice<Tensor4D>(x),
          onDevice<Tensor4D>(kernel),
          onDevice<Tensor4D>(gradient),
        ] as const
        const [xTensor, kernelTensor, gradientTensor] = tensors
        expect(await errorOf(conv(xTensor, kernelTensor, geometry), y)).toBeLessThan(tolerance)
        const ofKernel = convKernelGradient(xTensor, gradientTensor, kernelTensor.shape, geometry)
        expect(await errorOf(ofKernel, expected.kernel)).toBeLessThan(tolerance)
        const ofInput = convInputGradient(gradientTensor, kernelTensor, xTensor.shape, geometry)
        expect(await errorOf(ofInput, expected.input)).toBeLessThan(tolerance)
        for (const tensor of tensors) tensor.dispose()
      }),
      { numRuns: backend === 'webgl' ? 12 : 40 },
    )
  })
})
