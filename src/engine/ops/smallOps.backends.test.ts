import {
  memory,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RandomStream, randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import { errorOf, onDevice } from '../testing/deviceTensor.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import {
  plainDense,
  plainLossAndError,
  plainPool,
  plainRelu,
  plainSubsamplePad,
} from '../testing/plainOps.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { type Constants, createConstants } from './constants.ts'
import { crossEntropyGradient, lossAndError } from './crossEntropy.ts'
import { dense, denseGradients } from './dense.ts'
import { globalAveragePool, globalAveragePoolGradient } from './globalAveragePool.ts'
import { relu, reluGradient } from './relu.ts'
import { subsamplePad, subsamplePadGradient } from './subsamplePad.ts'

const tolerance = 1e-4

describe.each(suiteBackends())('ops on %s', (backend) => {
  let open: OpenBackend
  let constants: Constants
  let stream: RandomStream
  let tensorsBefore = 0
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())
  beforeEach(() => {
    tensorsBefore = memory().numTensors
    constants = createConstants()
    stream = randomStream(3, 'ops')
  })
  afterEach(() => {
    constants.dispose()
    expect(memory().numTensors, 'tensors left behind').toBe(tensorsBefore)
  })

  /** Gradient of Σ f(x) · weights. */
  const weightedGradient = (
    x: PlainTensor,
    weights: PlainTensor,
    f: (x: PlainTensor) => PlainTensor,
  ): PlainTensor =>
    numericGradient(x, (moved) =>
      f(moved).values.reduce((sum, value, index) => sum + value * valueAt(weights.values, index), 0),
    )

  it('ReLU and its gradient; nothing passes at 0', async () => {
    const x = plainOf([1, 1, 5, 1], [-2, -0.5, 0, 0.5, 2])
    const gradient = plainOf([1, 1, 5, 1], [1, 2, 3, 4, 5])
    const xTensor = onDevice<Tensor4D>(x)
    const output = relu(xTensor)
    const gradientTensor = onDevice<Tensor4D>(gradient)
    const expected = plainOf(x.shape, [0, 0, 0, 4, 5])
    expect(await errorOf(reluGradient(gradientTensor, output), expected)).toBe(0)
    expect(await errorOf(output, plainRelu(x))).toBe(0)
    xTensor.dispose()
    gradientTensor.dispose()
  })

  it.each([
    { stride: 1, side: 4 },
    { stride: 2, side: 4 },
    { stride: 2, side: 7 },
  ] as const)('shortcut A at stride $stride on side $side', async ({ stride, side }) => {
    const x = plainNormal([2, side, side, 3], stream)
    const geometry = { stride, inputChannels: 3, outputChannels: 6 }
    const expected = plainSubsamplePad(x, stride, 6)
    const gradient = plainNormal(expected.shape, stream)
    const xTensor = onDevice<Tensor4D>(x)
    const gradientTensor = onDevice<Tensor4D>(gradient)
    expect(await errorOf(subsamplePad(xTensor, geometry, constants), expected)).toBe(0)
    const ofInput = subsamplePadGradient(gradientTensor, xTensor.shape, geometry, constants)
    const numeric = weightedGradient(x, gradient, (moved) => plainSubsamplePad(moved, stride, 6))
    expect(await errorOf(ofInput, numeric)).toBeLessThan(tolerance)
    xTensor.dispose()
    gradientTensor.dispose()
  })

  it('global average pooling', async () => {
    const x = plainNormal([3, 5, 5, 4], stream)
    const gradient = plainNormal([3, 4], stream)
    const xTensor = onDevice<Tensor4D>(x)
    const gradientTensor = onDevice<Tensor2D>(gradient)
    expect(await errorOf(globalAveragePool(xTensor), plainPool(x))).toBeLessThan(tolerance)
    const ofInput = globalAveragePoolGradient(gradientTensor, 5, constants)
    expect(await errorOf(ofInput, weightedGradient(x, gradient, plainPool))).toBeLessThan(tolerance)
    xTensor.dispose()
    gradientTensor.dispose()
  })

  it('dense layer', async () => {
    const x = plainNormal([4, 6], stream)
    const kernel = plainNormal([6, 3], stream)
    const bias = plainNormal([3], stream)
    const gradient = plainNormal([4, 3], stream)
    const xTensor = onDevice<Tensor2D>(x)
    const kernelTensor = onDevice<Tensor2D>(kernel)
    const biasTensor = onDevice<Tensor1D>(bias)
    const gradientTensor = onDevice<Tensor2D>(gradient)
    const output = dense(xTensor, kernelTensor, biasTensor)
    expect(await errorOf(output, plainDense(x, kernel, bias))).toBeLessThan(tolerance)
    const gradients = denseGradients(gradientTensor, xTensor, kernelTensor)
    const ofInput = weightedGradient(x, gradient, (moved) => plainDense(moved, kernel, bias))
    const ofKernel = weightedGradient(kernel, gradient, (moved) => plainDense(x, moved, bias))
    const ofBias = weightedGradient(bias, gradient, (moved) => plainDense(x, kernel, moved))
    expect(await errorOf(gradients.input, ofInput)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.kernel, ofKernel)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.bias, ofBias)).toBeLessThan(tolerance)
    for (const tensor of [xTensor, kernelTensor, biasTensor, gradientTensor]) tensor.dispose()
  })

  it('cross-entropy, its gradient and the error; large logits do not overflow', async () => {
    const classes = 4
    const labels = Int32Array.of(0, 3, 2, 2, 1)
    const noise = plainNormal([labels.length, classes], stream)
    const logits = plainOf(
      noise.shape,
      noise.values.map((value, index) => Math.fround(index < classes ? 300 * value : value)),
    )
    const oneHot = new Float32Array(labels.length * classes)
    labels.forEach((label, position) => {
      oneHot[position * classes + label] = 1
    })
    const batchLabels = {
      classes: tensor1d(labels, 'int32'),
      oneHot: tensor2d(oneHot, [labels.length, classes]),
    }
    const logitsTensor = onDevice<Tensor2D>(logits)
    const { loss, error } = plainLossAndError(logits, labels)
    const measured = lossAndError(logitsTensor, batchLabels)
    expect(await errorOf(measured, plainOf([2], [loss, error]))).toBeLessThan(tolerance)
    const numeric = numericGradient(logits, (moved) => plainLossAndError(moved, labels).loss)
    const gradient = crossEntropyGradient(logitsTensor, batchLabels)
    expect(await errorOf(gradient, numeric)).toBeLessThan(tolerance)
    logitsTensor.dispose()
    batchLabels.classes.dispose()
    batchLabels.oneHot.dispose()
  })
})
