import { memory, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dropoutMask } from '../../domain/dropoutMask.ts'
import { type RandomStream, randomStream } from '../../domain/random.ts'
import { type OpenBackend, openBackend } from '../backends.ts'
import { errorOf, onDevice } from '../testing/deviceTensor.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainAdd, plainDropout, plainGate, plainGatedAdd, plainMultiply } from '../testing/plainOps.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { addShortcut, addShortcutGradients } from './addShortcut.ts'
import { type Constants, createConstants } from './constants.ts'
import { dropout, dropoutMaskOnDevice } from './dropout.ts'
import { gate, gateGradients } from './gate.ts'
import { gatedAdd, gatedAddGradients } from './gatedAdd.ts'
import { multiplier, multiplierGradients } from './multiplier.ts'

const tolerance = 1e-5
const shape = [2, 3, 3, 4] as const

describe.each(suiteBackends())('ops around a shortcut on %s', (backend) => {
  let open: OpenBackend
  let constants: Constants
  let stream: RandomStream
  let tensorsBefore = 0
  let placed: Tensor[] = []
  beforeAll(async () => {
    open = await openBackend(backend)
  })
  afterAll(() => open.close())
  beforeEach(() => {
    tensorsBefore = memory().numTensors
    constants = createConstants()
    stream = randomStream(9, 'shortcut ops')
  })
  afterEach(() => {
    for (const tensor of placed) tensor.dispose()
    placed = []
    constants.dispose()
    expect(memory().numTensors, 'tensors left behind').toBe(tensorsBefore)
  })

  /** On the device until the test is over. */
  const place = <T extends Tensor = Tensor4D>(values: PlainTensor): T => {
    const tensor = onDevice<T>(values)
    placed.push(tensor)
    return tensor
  }

  /** Gradient of Σ f(x) · weights. */
  const weightedGradient = (
    x: PlainTensor,
    weights: PlainTensor,
    f: (x: PlainTensor) => PlainTensor,
  ): PlainTensor =>
    numericGradient(x, (moved) =>
      f(moved).values.reduce((sum, value, index) => sum + value * valueAt(weights.values, index), 0),
    )

  it.each([
    { strength: 1, residualScale: 1, shortcutScale: 1 },
    { strength: 0.25, residualScale: 1, shortcutScale: 1 },
    { strength: 1, residualScale: 0.5, shortcutScale: 0.3 },
    { strength: 0.4, residualScale: 0.7, shortcutScale: 1 },
  ])('addition of a shortcut, $strength of scales $residualScale and $shortcutScale', async (scales) => {
    const { strength, residualScale, shortcutScale } = scales
    const residual = plainNormal(shape, stream)
    const shortcut = plainNormal(shape, stream)
    const gradient = plainNormal(shape, stream)
    const plain = (r: PlainTensor, s: PlainTensor) => plainAdd(r, s, strength, residualScale, shortcutScale)

    const output = addShortcut(place(residual), place(shortcut), scales, strength)
    expect(await errorOf(output, plain(residual, shortcut))).toBeLessThan(tolerance)
    const gradients = addShortcutGradients(place(gradient), scales, strength)
    const ofResidual = weightedGradient(residual, gradient, (moved) => plain(moved, shortcut))
    const ofShortcut = weightedGradient(shortcut, gradient, (moved) => plain(residual, moved))
    expect(await errorOf(gradients.residual, ofResidual)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.shortcut, ofShortcut)).toBeLessThan(tolerance)
  })

  it.each([
    { exclusive: true, strength: 1 },
    { exclusive: true, strength: 0.3 },
    { exclusive: false, strength: 1 },
    { exclusive: false, strength: 0.3 },
  ])('gated addition, exclusive $exclusive, of strength $strength', async ({ exclusive, strength }) => {
    const residual = plainNormal(shape, stream)
    const shortcut = plainNormal(shape, stream)
    const gates = plainGate(plainNormal(shape, stream), plainNormal([4], stream))
    // What float32 holds of it, on both sides.
    const open = plainOf(shape, Float32Array.from(gates.values))
    const gradient = plainNormal(shape, stream)
    const inputs = { residual: place(residual), shortcut: place(shortcut), gate: place(open) }
    const plain = (r: PlainTensor, s: PlainTensor, g: PlainTensor) =>
      plainGatedAdd(r, s, g, strength, exclusive)

    const output = gatedAdd(inputs, exclusive, strength, constants)
    expect(await errorOf(output, plain(residual, shortcut, open))).toBeLessThan(tolerance)
    const gradients = gatedAddGradients(
      place(gradient),
      { ...inputs, residual: exclusive ? inputs.residual : null },
      strength,
      constants,
    )
    const ofResidual = weightedGradient(residual, gradient, (moved) => plain(moved, shortcut, open))
    const ofShortcut = weightedGradient(shortcut, gradient, (moved) => plain(residual, moved, open))
    const ofGate = weightedGradient(open, gradient, (moved) => plain(residual, shortcut, moved))
    expect(await errorOf(gradients.residual, ofResidual)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.shortcut, ofShortcut)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.gate, ofGate)).toBeLessThan(tolerance)
  })

  it('gate: the sigmoid of x and a bias by channel', async () => {
    const x = plainNormal(shape, stream)
    const bias = plainOf([4], [-6, -1, 0, 2])
    const gradient = plainNormal(shape, stream)
    const output = gate(place(x), place<Tensor1D>(bias), constants)
    placed.push(output)
    expect(await errorOf(output.clone(), plainGate(x, bias))).toBeLessThan(tolerance)
    const gradients = gateGradients(place(gradient), output, constants)
    const ofInput = weightedGradient(x, gradient, (moved) => plainGate(moved, bias))
    const ofBias = weightedGradient(bias, gradient, (moved) => plainGate(x, moved))
    expect(await errorOf(gradients.input, ofInput)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.bias, ofBias)).toBeLessThan(tolerance)
  })

  it.each([0, 0.4])('product with one learned number, here %d', async (value) => {
    const x = plainNormal(shape, stream)
    const factor = plainOf([1], [Math.fround(value)])
    const gradient = plainNormal(shape, stream)
    const [xTensor, factorTensor] = [place(x), place<Tensor1D>(factor)]
    const output = multiplier(xTensor, factorTensor, constants)
    expect(await errorOf(output, plainMultiply(x, factor))).toBeLessThan(tolerance)
    const gradients = multiplierGradients(place(gradient), xTensor, factorTensor, constants)
    const ofInput = weightedGradient(x, gradient, (moved) => plainMultiply(moved, factor))
    const ofFactor = weightedGradient(factor, gradient, (moved) => plainMultiply(x, moved))
    expect(await errorOf(gradients.input, ofInput)).toBeLessThan(tolerance)
    expect(await errorOf(gradients.factor, ofFactor)).toBeLessThan(tolerance)
  })

  it('dropout by the mask that every device computes', async () => {
    const x = plainNormal(shape, stream)
    const request = { key: 77, block: 2, rate: 0.3 }
    const mask = dropoutMaskOnDevice([...shape], request)
    placed.push(mask)
    const expected = plainDropout(x, dropoutMask(77, 2, x.values.length, 0.3))
    expect(expected.values.some((value) => value === 0)).toBe(true)
    expect(await errorOf(dropout(place(x), mask), expected)).toBeLessThan(tolerance)
  })
})
