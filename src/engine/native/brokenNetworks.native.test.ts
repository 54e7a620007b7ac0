import { describe, expect, it } from 'vitest'
import { activationOrders, type NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters, parametersOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { combinedOperations } from '../combinedOperations.ts'
import { flatten, parameterLayout, unflatten } from '../flatLayout.ts'
import { generalParameters } from '../testing/generalParameters.ts'
import { smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { createNativeNetwork } from './createNativeNetwork.ts'
import { loadEngine } from './loadEngine.ts'
import type { GatheredBatch, NativeNetwork, NetworkControls } from './nativeNetwork.ts'

const module = await loadEngine(false)

const networkOf = (spec: NetworkSpec, parameters = generalParameters(spec, 1)): Promise<NativeNetwork> => {
  const plan = planLayers(spec)
  const initial = flatten(parameterLayout(plan), parameters)
  return createNativeNetwork({ module, plan, initial, batchSize: 8, threads: 1 })
}

const batchOf = (spec: NetworkSpec, count = 8): GatheredBatch => {
  const { images, labels } = smallImages(spec, count)
  return { images, labels, augmentation: null }
}

const controlsOf = ({ plan }: NativeNetwork, learningRate = 0.05): NetworkControls => ({
  learningRate,
  momentum: 0.9,
  weightDecay: 1e-4,
  dropoutKey: 1,
  shortcutStrengths: plan.blocks.map(() => 1),
})

/** The first activation that a network makes of one of its tensors. */
const madeOf = ({ plan }: NativeNetwork, tensor: string): string => {
  for (const operation of combinedOperations(
    plan,
    plan.blocks.map(() => true),
  )) {
    const names =
      operation.kind === 'combine' ? [operation.norm?.name] : 'name' in operation ? [operation.name] : []
    if (names.some((name) => name !== undefined && (tensor === name || tensor.startsWith(`${name}.`))))
      return operation.kind === 'head' ? '' : operation.output
  }
  return 'head.dense'
}

/** Between them every kind of tensor. */
const specs: readonly NetworkSpec[] = [
  smallSpec({ shortcut: 'C', imageSize: 6, blocksPerStage: [1, 1] }),
  smallSpec({ shortcut: 'exclusive-gate', imageSize: 6, blocksPerStage: [1, 1], initialisation: 'skipinit' }),
  smallSpec({
    block: 'resnext',
    cardinality: 2,
    groupWidth: 3,
    imageSize: 6,
    blocksPerStage: [1],
    initialisation: 'dirac',
  }),
  smallSpec({ order: 'full-preact', shortcut: 'B', imageSize: 6, blocksPerStage: [1, 1] }),
  smallSpec({ batchNorm: false, shortcut: 'none', imageSize: 6, blocksPerStage: [1] }),
]

describe('a network that broke says where', () => {
  it.each(specs)('by any of its tensors: $block, $order, $shortcut, $initialisation', async (spec) => {
    const network = await networkOf(spec)
    const state = network.readState()
    const flat = parameterLayout(network.plan)
    for (const { name } of parametersOf(network.plan)) {
      const parameters = new Map(unflatten(flat, state.parameters))
      // One number of many is enough.
      parameters.set(name, (parameters.get(name) ?? new Float32Array()).fill(Number.NaN, 0, 1))
      network.writeState({ ...state, parameters: flatten(flat, parameters) })
      const { loss, brokenAt } = network.step(batchOf(spec), controlsOf(network))
      expect(loss, name).toBeNaN()
      expect(brokenAt, name).toBe(madeOf(network, name))
    }
    // And whole again it computes as if nothing had been, on fewer images too.
    network.writeState(state)
    const fresh = await networkOf(spec)
    for (const count of [8, 3]) {
      const measured = network.step(batchOf(spec, count), controlsOf(network))
      expect(measured).toEqual(fresh.step(batchOf(spec, count), controlsOf(fresh)))
    }
    expect(network.readState().parameters).toEqual(fresh.readState().parameters)
  })

  it('by an image', async () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      const spec = smallSpec({ imageSize: 8 })
      const network = await networkOf(spec)
      const good = batchOf(spec)
      const images = good.images.slice()
      images[100] = value
      const strengths = network.plan.blocks.map(() => 1)
      const before = network.infer(good, strengths, null)
      const { parameters } = network.readState()
      const measured = network.step({ ...good, images }, controlsOf(network))
      expect(measured.loss).toBeNaN()
      expect(measured.brokenAt).toBe('input')
      expect(network.readState().parameters).toEqual(parameters)
      // The next pass over whole images knows nothing of it.
      const { statistics } = (await networkOf(spec)).readState()
      expect(network.infer({ ...good, images }, strengths, statistics).measurement.loss).toBeNaN()
      expect(network.infer(good, strengths, statistics)).toEqual(before)
    }
  })

  it('by a learning rate, in the step that breaks it or in the next', async () => {
    const spec = smallSpec({ imageSize: 8 })
    const steep = await networkOf(spec)
    const first = steep.step(batchOf(spec), controlsOf(steep, 1e30))
    expect(Number.isFinite(first.loss)).toBe(true)
    expect(first).not.toHaveProperty('brokenAt')
    const activations = steep.observe(batchOf(spec), controlsOf(steep).shortcutStrengths)
    const [broken] =
      [...activations].find(([, values]) => values.some((value) => !Number.isFinite(value))) ?? []
    const second = steep.step(batchOf(spec), controlsOf(steep, 1e30))
    expect(second.loss).toBeNaN()
    expect(second.brokenAt).toMatch(/^(stem|stage1)\./)
    expect(second.brokenAt).toBe(broken)

    const endless = await networkOf(spec)
    const at = endless.step(batchOf(spec), controlsOf(endless, Number.POSITIVE_INFINITY))
    expect(at.loss).toBeNaN()
    expect(at.error).toBeLessThanOrEqual(100)
    expect(at.brokenAt).toBe('stem.conv')
  })

  it('by a gradient, though its loss was a number', async () => {
    // What F computes is endlessly large, and counts nothing: its factor is 0.
    const spec = smallSpec({
      initialisation: 'skipinit',
      batchNorm: false,
      blocksPerStage: [1],
      imageSize: 6,
    })
    const parameters = new Map(initialParameters(planLayers(spec), 1))
    const scale = (name: string, factor: number): void => {
      const values = parameters.get(name) ?? new Float32Array()
      parameters.set(
        name,
        values.map((value) => value * factor),
      )
    }
    scale('stage1.block1.conv2', 1e37)
    scale('head.dense', 1e4)
    const network = await networkOf(spec, parameters)
    const at = network.step(batchOf(spec), controlsOf(network))
    expect(at.loss).toBeNaN()
    expect(at.brokenAt).toBe('stage1.block1.multiplier')
  })
})

describe('gradients that are negligible are exactly 0', () => {
  it('where the answer is known for sure', async () => {
    const spec = smallSpec({ imageSize: 6 })
    const parameters = new Map(generalParameters(spec, 1))
    parameters.set('head.bias', Float32Array.of(200, 0, 0, 0))
    const network = await networkOf(spec, parameters)
    const { images } = batchOf(spec)
    const sure = { images, labels: new Int32Array(8), augmentation: null }
    const { gradient } = network.differentiate(sure, controlsOf(network).shortcutStrengths, 1)
    expect(gradient.every((value) => value === 0)).toBe(true)
  })

  it.each(activationOrders)('behind the last ReLU that they pass: %s', async (order) => {
    const spec = smallSpec({ imageSize: 6, order, batchNorm: false, shortcut: 'A' })
    const parameters = new Map(generalParameters(spec, 1))
    const dense = parameters.get('head.dense') ?? new Float32Array()
    parameters.set(
      'head.dense',
      dense.map((value) => value * 1e-22),
    )
    const network = await networkOf(spec, parameters)
    const strengths = network.plan.blocks.map(() => 1)
    const { gradient } = network.differentiate(batchOf(spec), strengths, 1)
    const gradients = unflatten(parameterLayout(network.plan), gradient)
    for (const [name, values] of gradients) {
      const isZero = values.every((value) => value === 0)
      if (name.startsWith('head.')) expect(isZero, name).toBe(false)
      // The last convolution may stand behind all ReLUs.
      else if (!/^stage3\.block1\.conv2$/.test(name)) expect(isZero, name).toBe(true)
    }
  })
})
