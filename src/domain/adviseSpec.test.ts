import { describe, expect, it } from 'vitest'
import { adviseSpec, flopText } from './adviseSpec.ts'
import type { CurveSpec } from './curveSpec.ts'
import type { ExperimentSpec, Recipe } from './experimentSpec.ts'
import { presetNamed, presets } from './presets.ts'

const base = presetNamed('default').spec
const deep = presetNamed('deep').spec
const withRecipe = (spec: ExperimentSpec, change: Partial<Recipe>): ExperimentSpec => ({
  ...spec,
  recipe: { ...spec.recipe, ...change },
})
const keysOf = (spec: ExperimentSpec) => adviseSpec(spec).map(({ key }) => key)

describe('adviseSpec', () => {
  it.each(presets)('has nothing against the preset $name', ({ spec }) => {
    const deepest = Math.max(...spec.networks.map(({ depth }) => depth))
    // From 110 layers on the cost is always said.
    expect(keysOf(spec)).toEqual(deepest < 110 ? [] : ['cost'])
  })
  it.each<[ExperimentSpec, string]>([
    [withRecipe(deep, { learningRate: 0.05 }), 'deep-recipe'],
    [withRecipe(deep, { warmupSteps: 50 }), 'deep-recipe'],
    [
      {
        ...deep,
        networks: [
          { depth: 8, shortcut: 'none' },
          { depth: 350, shortcut: 'none' },
        ],
      },
      'overflow',
    ],
    [withRecipe(base, { batchSize: 32 }), 'small-batch'],
    [{ ...base, width: 4 }, 'narrow'],
    [withRecipe(base, { warmupSteps: 0 }), 'no-warmup'],
    [withRecipe(base, { warmupSteps: 300 }), 'long-warmup'],
    [withRecipe(base, { steps: 60 }), 'few-steps'],
    [withRecipe(base, { steps: 100_000 }), 'cost'],
    [
      {
        ...base,
        dataset: { ...base.dataset, imageSize: 32 },
        width: 16,
        recipe: { ...base.recipe, batchSize: 512 },
      },
      'memory',
    ],
  ])('warns of what is known to fail (%#: %s)', (spec, key) => {
    expect(keysOf(spec)).toContain(key)
  })
  const withCurve = (curve: CurveSpec): ExperimentSpec => ({
    ...base,
    networks: [{ depth: 8, shortcut: 'none' }, curve],
  })
  it.each<[CurveSpec, string, string]>([
    [{ depth: 20, shortcut: 'none', batchNorm: false }, 'no-batch-norm', 'plain-20-no-bn'],
    [{ depth: 32, shortcut: 'exclusive-gate' }, 'exclusive-gate', '88 %'],
    [{ depth: 32, shortcut: 'dropout' }, 'dropout', '90 %'],
    [{ depth: 32, shortcut: 'A', initialisation: 'zero-gamma' }, 'zero-gamma', 'residual-32-zero-gamma'],
    [
      { depth: 32, shortcut: 'A', initialisation: 'skipinit', batchNorm: false },
      'skipinit-without-norm',
      'residual-32-skipinit-no-bn',
    ],
    [{ depth: 29, shortcut: 'A', block: 'resnext' }, 'grouped', 'zeros between the groups'],
  ])('warns of a kind of network that was measured to fail or to cost: %j', (curve, key, part) => {
    const advice = adviseSpec(withCurve(curve))
    expect(advice.map((one) => one.key)).toEqual([key])
    expect(advice[0]?.sentence).toContain(part)
    expect(advice[0]?.sentence).toMatch(/^[A-Z].*\.$/)
  })
  it.each<CurveSpec>([
    { depth: 8, shortcut: 'none', batchNorm: false, initialisation: 'dirac' },
    { depth: 20, shortcut: 'A', batchNorm: false, initialisation: 'skipinit' },
    { depth: 32, shortcut: 'exclusive-gate', gateBias: 0 },
    { depth: 20, shortcut: 'exclusive-gate' },
    { depth: 32, shortcut: 'dropout', dropRate: 0.1 },
    { depth: 32, shortcut: 'shortcut-gate' },
    { depth: 32, shortcut: 'B', order: 'full-preact' },
    { depth: 29, shortcut: 'A', block: 'bottleneck' },
    { depth: 29, shortcut: 'A', block: 'resnext', cardinality: 1 },
  ])('says nothing of what nobody saw fail: %j', (curve) => {
    expect(keysOf(withCurve(curve))).toEqual([])
  })
  it('knows that the order says nothing about two plain networks', () => {
    const networks: readonly CurveSpec[] = [
      { depth: 32, shortcut: 'none' },
      { depth: 32, shortcut: 'none', order: 'full-preact' },
    ]
    expect(adviseSpec({ ...base, networks })).toEqual([
      {
        key: 'same-network',
        sentence:
          'plain-32 and plain-32-preact train alike: without shortcuts the order changes nothing, until they are switched on.',
      },
    ])
    const apart = networks.map((curve, i) => ({ ...curve, shortcut: i === 0 ? 'none' : 'A' }) as const)
    expect(keysOf({ ...base, networks: apart })).toEqual([])
  })
  it('asks full pre-activation for less of a warm-up than the original order', () => {
    const at = (order: 'original' | 'full-preact') =>
      keysOf({
        ...base,
        networks: [
          { depth: 56, shortcut: 'none' },
          { depth: 56, shortcut: 'A', order },
        ],
      })
    expect(at('original')).toContain('deep-recipe')
    expect(at('full-preact')).toEqual([])
  })
  it('says where memory goes in three-layer blocks', () => {
    const spec = withCurve({ depth: 299, shortcut: 'A', block: 'bottleneck' })
    const large = { ...spec, dataset: { ...spec.dataset, imageSize: 32 as const } }
    expect(adviseSpec(large).find(({ key }) => key === 'memory')?.sentence).toContain(
      'four times the channels',
    )
  })
  it('names the cost of a network of 110 layers', () => {
    const spec: ExperimentSpec = {
      ...deep,
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 110, shortcut: 'A' },
      ],
    }
    expect(adviseSpec(spec)[0]).toEqual({
      key: 'cost',
      sentence: expect.stringContaining('residual-110 takes 6.1 GFLOP a step'),
    })
  })
  it('speaks in whole sentences', () => {
    const worst: ExperimentSpec = {
      ...withRecipe(deep, { learningRate: 1, batchSize: 8, steps: 1, warmupSteps: 0 }),
      width: 4,
    }
    for (const { sentence } of adviseSpec(worst)) expect(sentence).toMatch(/^[A-Z0-9].*\.$/)
  })
})

it.each([
  [304e6, '304 MFLOP'],
  [1.663e9, '1.7 GFLOP'],
  [999.6e6, '1.0 GFLOP'],
  [2.5e12, '2.5 TFLOP'],
])('%f operations read %s', (flops, text) => {
  expect(flopText(flops)).toBe(text)
})
