import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { createFakeExecutor } from '../testing/fakeExecutor.ts'
import { smallSpec } from '../testing/smallExperiment.ts'
import { checkFairness } from './checkFairness.ts'

const plan = planLayers(smallSpec())

describe('batches', () => {
  it('finds a network that would see another batch', async () => {
    const executor = createFakeExecutor({ plans: [plan, plan], seed: 1 })
    const fair = await checkFairness(
      executor,
      () => (step) => ({ indices: Int32Array.of(step, 1), augmentation: null }),
      10,
    )
    expect(fair.sameBatches).toBe(true)
    const unfair = await checkFairness(
      executor,
      (network) => (step) => ({ indices: Int32Array.of(step, step === 9 ? network : 0), augmentation: null }),
      10,
    )
    expect(unfair.sameBatches).toBe(false)
  })

  it('finds batches that depend on what was asked before', async () => {
    const executor = createFakeExecutor({ plans: [plan, plan], seed: 1 })
    const { sameBatches } = await checkFairness(
      executor,
      () => {
        let asked = 0
        return () => ({ indices: Int32Array.of(asked++), augmentation: null })
      },
      10,
    )
    expect(sameBatches).toBe(false)
  })
})

describe('initial weights', () => {
  const sameInitialWeights = async (
    specs: readonly NetworkSpec[],
    initial?: (values: TensorValues, network: number) => TensorValues,
  ): Promise<boolean | null> => {
    const executor = createFakeExecutor({
      plans: specs.map(planLayers),
      seed: 1,
      ...(initial === undefined ? {} : { initial }),
    })
    const checks = await checkFairness(
      executor,
      () => () => ({ indices: Int32Array.of(0), augmentation: null }),
      10,
    )
    return checks.sameInitialWeights
  }

  /** Adds a trifle to one value of one tensor of the second network. */
  const disturb =
    (name: string) =>
    (values: TensorValues, network: number): TensorValues => {
      const tensor = values.get(name)
      if (tensor === undefined || network !== 1) return values
      return new Map([...values, [name, tensor.with(0, (tensor[0] ?? 0) + 1e-6)]])
    }

  it.each<[string, Partial<NetworkSpec>, string, string]>([
    [
      'a zero last gamma',
      { initialisation: 'zero-gamma' },
      'stage1.block1.bn1.gamma',
      'stage1.block1.bn2.gamma',
    ],
    ['a Dirac kernel', { initialisation: 'dirac' }, 'stage1.block1.conv1', 'stage1.block1.conv1.scale'],
    ['SkipInit', { initialisation: 'skipinit' }, 'stage3.block1.conv2', 'stage1.block1.multiplier'],
    ['another order', { order: 'full-preact' }, 'stage2.block1.conv2', 'head.bn.gamma'],
    ['no batch norm', { batchNorm: false }, 'head.dense', 'none'],
    ['a gate', { shortcut: 'shortcut-gate' }, 'stage1.block1.conv2', 'stage1.block1.gate.bias'],
    ['projections', { shortcut: 'C' }, 'stage1.block1.conv2', 'stage1.block1.projection.conv'],
  ])(
    'with %s beside the default are compared where both start by one rule',
    async (_, changes, shared, own) => {
      const specs = [smallSpec(), smallSpec(changes)]
      expect(await sameInitialWeights(specs)).toBe(true)
      expect(await sameInitialWeights(specs, disturb(shared))).toBe(false)
      expect(await sameInitialWeights(specs, disturb(own))).toBe(true)
    },
  )

  it('of blocks of other kinds are compared where their shapes agree', async () => {
    const specs = [
      smallSpec({ blocksPerStage: [3, 3, 3] }),
      smallSpec({ block: 'bottleneck', blocksPerStage: [2, 2, 2] }),
    ]
    expect(await sameInitialWeights(specs)).toBe(true)
    expect(await sameInitialWeights(specs, disturb('stem.conv'))).toBe(false)
    expect(await sameInitialWeights(specs, disturb('stage1.block1.conv1'))).toBe(true)
  })

  it('of other depths alone are not spoken of', async () => {
    expect(await sameInitialWeights([smallSpec(), smallSpec({ blocksPerStage: [2, 2, 2] })])).toBeNull()
  })
})
