import { describe, expect, it } from 'vitest'
import { adviseSpec, flopText } from './adviseSpec.ts'
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
    expect(adviseSpec(spec)).toEqual([])
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
