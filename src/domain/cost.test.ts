import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { costOf } from './cost.ts'
import { countNetwork, trainingStepFlops } from './countNetwork.ts'
import type { CurveSpec } from './curveSpec.ts'
import { evenBlocks } from './networkSpec.ts'
import { planLayers } from './planLayers.ts'
import { presetNamed } from './presets.ts'
import { smallSpec } from './testing/anyNetworkSpec.ts'

const base = presetNamed('default').spec
const costAt = (depth: number, imageSize: 12 | 16 = 16) => {
  const networks: readonly CurveSpec[] = [
    { depth, shortcut: 'none' },
    { depth, shortcut: 'A' },
  ]
  return costOf({ ...base, dataset: { ...base.dataset, imageSize }, networks })
}

describe('costOf', () => {
  it.each([
    [8, 304, 19],
    [14, 644, 44],
    [20, 984, 68],
    [32, 1663, 117],
    [44, 2343, null],
    [56, 3022, 215],
  ])('depth %i takes %i MFLOP a step, as was measured in the reference', (depth, mflop, kParameters) => {
    const [plain, residual] = costAt(depth).networks
    expect(Math.round((plain?.stepFlops ?? 0) / 1e6)).toBe(mflop)
    expect(residual?.stepFlops).toBe(plain?.stepFlops)
    expect(residual?.parameters).toBe(plain?.parameters)
    if (kParameters !== null) expect(Math.round((plain?.parameters ?? 0) / 1000)).toBe(kParameters)
  })

  it.each([
    [8, 171],
    [20, 554],
    [32, 936],
  ])('depth %i at 12×12 takes %i MFLOP a step', (depth, mflop) => {
    expect(Math.round((costAt(depth, 12).networks[0]?.stepFlops ?? 0) / 1e6)).toBe(mflop)
  })

  it('adds the networks and the steps up', () => {
    const cost = costOf(base)
    expect(cost.networks.map(({ label }) => label)).toEqual(['plain-8', 'plain-32', 'residual-32'])
    expect(cost.stepFlops).toBe(cost.networks.reduce((sum, { stepFlops }) => sum + stepFlops, 0))
    expect(cost.totalFlops).toBe(300 * cost.stepFlops)
    expect(cost.parameters).toBe(cost.networks.reduce((sum, { parameters }) => sum + parameters, 0))
  })

  it('guesses memory that grows with images, batch and depth', () => {
    const { memoryBytes } = costOf(base)
    expect(memoryBytes).toBeGreaterThan(7000 * 16 * 16 * 3 * 4)
    expect(memoryBytes).toBeLessThan(500e6)
    expect(costOf({ ...base, recipe: { ...base.recipe, batchSize: 512 } }).memoryBytes).toBeGreaterThan(
      memoryBytes,
    )
  })
})

describe('the cost of the family', () => {
  const costOfCurve = (curve: CurveSpec) => {
    const { networks, memoryBytes } = costOf({ ...base, networks: [curve, { depth: 8, shortcut: 'none' }] })
    return { ...networks[0], memoryBytes }
  }
  const a: CurveSpec = { depth: 29, shortcut: 'A', block: 'bottleneck' }
  const alone = costOfCurve(a)

  it('counts what gates and projections take besides', () => {
    for (const shortcut of ['B', 'C', 'exclusive-gate', 'shortcut-gate'] as const)
      expect(costOfCurve({ ...a, shortcut }).stepFlops).toBeGreaterThan(alone.stepFlops ?? 0)
    for (const change of [{ shortcut: 'dropout' }, { order: 'full-preact' }, { batchNorm: false }] as const)
      expect(costOfCurve({ ...a, ...change }).stepFlops).toBe(alone.stepFlops)
  })

  it('counts a grouped convolution as the engine computes it, and its parameters as the paper does', () => {
    const plan = (cardinality: number, groupWidth: number) =>
      planLayers({ ...smallSpec, block: 'resnext', cardinality, groupWidth })
    // As many channels in one group and in four.
    expect(trainingStepFlops(plan(4, 2), 64)).toBe(trainingStepFlops(plan(1, 8), 64))
    expect(trainingStepFlops(plan(1, 8), 64)).toBe(6 * 64 * countNetwork(plan(1, 8)).multiplyAdds)
    expect(countNetwork(plan(4, 2)).multiplyAdds).toBeLessThan(countNetwork(plan(1, 8)).multiplyAdds)
    expect(countNetwork(plan(4, 2)).parameters).toBeLessThan(countNetwork(plan(1, 8)).parameters)
  })

  it('guesses the made kernels of all layers, which are held from step to step', () => {
    const shortcut = 'A'
    const bytesPerBlock = (curve: CurveSpec, deeper: CurveSpec, blocks: number): number =>
      (costOfCurve(deeper).memoryBytes - costOfCurve(curve).memoryBytes) / blocks
    const perBlock = (initialisation: 'he' | 'dirac') =>
      bytesPerBlock({ depth: 32, shortcut, initialisation }, { depth: 38, shortcut, initialisation }, 3)
    // Two 3×3 kernels in each new block of 8, 16 and 32 channels, and what is trained of a and b three times.
    const kernels = 2 * 9 * (8 ** 2 + 16 ** 2 + 32 ** 2)
    const learned = 3 * 2 * 2 * (8 + 16 + 32)
    expect(perBlock('dirac') - perBlock('he')).toBeCloseTo((4 * (kernels + learned)) / 3, 3)
  })
  it('guesses more memory for all that is kept besides', () => {
    const changes: readonly Partial<CurveSpec>[] = [
      { shortcut: 'dropout' },
      { shortcut: 'shortcut-gate' },
      { shortcut: 'C' },
      { initialisation: 'skipinit' },
      { initialisation: 'dirac' },
    ]
    for (const change of changes)
      expect(costOfCurve({ ...a, ...change }).memoryBytes, JSON.stringify(change)).toBeGreaterThan(
        alone.memoryBytes,
      )
    const wide: CurveSpec = { ...a, block: 'resnext', cardinality: 32, groupWidth: 32 }
    // The largest kernel, spread over 4,096 input channels, takes 600 MB by itself.
    expect(costOfCurve(wide).memoryBytes).toBeGreaterThan(9 * 4096 ** 2 * 4 * 3)
    const basic = costOfCurve({ depth: 20, shortcut: 'A' })
    expect(alone.memoryBytes).toBeGreaterThan(basic.memoryBytes)
  })
})

describe('countNetwork', () => {
  /** He et al. 2015, section 4.2, at 32×32 with shortcuts A, counted on torchvision's way of building them. */
  const published = {
    'resnet20-A': { parameters: 269722, multiplyAdds: 40551040 },
    'resnet32-A': { parameters: 464154, multiplyAdds: 68862592 },
    'resnet44-A': { parameters: 658586, multiplyAdds: 97174144 },
    'resnet56-A': { parameters: 853018, multiplyAdds: 125485696 },
    'resnet110-A': { parameters: 1727962, multiplyAdds: 252887680 },
    'resnet1202-A': { parameters: 19421274, multiplyAdds: 2829238912 },
  }
  it.each(Object.entries(published))('counts %s as published', (name, counts) => {
    const depth = Number(/\d+/.exec(name)?.[0])
    const spec = { ...smallSpec, width: 16, imageSize: 32, classes: 10 }
    const plan = planLayers({ ...spec, shortcut: 'A', blocksPerStage: evenBlocks('basic', depth) })
    expect(countNetwork(plan)).toEqual(counts)
  })

  const reference = '../shared/reference/architectures.json'
  it.skipIf(!existsSync(reference))(
    `has the same figures as ${reference} (skipped where it is absent)`,
    () => {
      expect(JSON.parse(readFileSync(reference, 'utf8'))).toMatchObject({ cifar: published })
    },
  )
})
