import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExperimentSpec } from './experimentSpec.ts'
import { presetNamed, presets } from './presets.ts'
import { dropImpossibleInterventions, validateSpec } from './validateSpec.ts'

const base = presetNamed('default').spec
const withRecipe = (change: object): unknown => ({ ...base, recipe: { ...base.recipe, ...change } })
const withDataset = (change: object): unknown => ({ ...base, dataset: { ...base.dataset, ...change } })
const withSwitch = (change: object): unknown => ({
  ...base,
  interventions: [{ kind: 'shortcuts', step: 10, network: 2, blocks: 'all', to: 0, overSteps: 0, ...change }],
})
const sentencesOf = (candidate: unknown): readonly string[] => {
  const validation = validateSpec(candidate)
  return validation.ok ? [] : validation.sentences
}

describe('validateSpec', () => {
  it.each(presets.map((preset) => [preset.name, preset.spec] as const))(
    'accepts the preset %s',
    (_, spec) => {
      expect(validateSpec(spec)).toEqual({ ok: true, spec })
    },
  )

  it.each<[string, unknown, string]>([
    ['nothing', null, 'must be a record'],
    ['a text', 'experiment', 'must be a record'],
    ['a list', [], 'lacks the setting "dataset"'],
    ['a part missing', { ...base, recipe: undefined }, 'recipe'],
    ['an unknown setting', { ...base, colour: 'red' }, 'no setting called "colour"'],
    ['one network', { ...base, networks: base.networks.slice(0, 1) }, '2 to 6 networks, not 1'],
    ['equal networks', { ...base, networks: [base.networks[0], base.networks[0]] }, 'the same'],
    ['depth 30', { ...base, networks: [base.networks[0], { depth: 30, shortcut: 'A' }] }, 'are 26 and 32'],
    ['depth 2', { ...base, networks: [base.networks[0], { depth: 2, shortcut: 'A' }] }, '2 is outside'],
    ['depth 1208', { ...base, networks: [base.networks[0], { depth: 1208, shortcut: 'A' }] }, 'outside'],
    ['an unknown shortcut', { ...base, networks: [base.networks[0], { depth: 8, shortcut: 'D' }] }, '"D"'],
    ['width 12', { ...base, width: 12 }, '4, 8 or 16, not 12'],
    ['a text for a number', withRecipe({ batchSize: '64' }), '"64"'],
    ['batch 3', withRecipe({ batchSize: 3 }), '4 to 512'],
    ['batch 513', withRecipe({ batchSize: 513 }), '4 to 512'],
    ['half a step', withRecipe({ steps: 10.5 }), '10.5'],
    ['no step', withRecipe({ steps: 0 }), '1 to 100000'],
    ['rate 0', withRecipe({ learningRate: 0 }), 'above 0'],
    ['rate 10.1', withRecipe({ learningRate: 10.1 }), 'at most 10'],
    ['rate NaN', withRecipe({ learningRate: Number.NaN }), 'NaN'],
    ['rate infinite', withRecipe({ learningRate: Number.POSITIVE_INFINITY }), 'Infinity'],
    ['momentum 1', withRecipe({ momentum: 1 }), 'below 1'],
    ['decay −1', withRecipe({ weightDecay: -1 }), 'from 0 to 1'],
    ['warm-up −1', withRecipe({ warmupSteps: -1 }), 'warm-up'],
    ['an unknown schedule', withRecipe({ schedule: 'exponential' }), 'cosine'],
    ['seed −1', { ...base, seed: -1 }, 'seed'],
    ['seed 2^31', { ...base, seed: 2 ** 31 }, 'seed'],
    ['99 images', withDataset({ trainingImages: 99 }), 'training images'],
    ['10,001 validation images', withDataset({ validationImages: 10_001 }), 'validation images'],
    ['14 pixels', withDataset({ imageSize: 14 }), '12, 16 or 32'],
    ['CIFAR-10 at 12 pixels', withDataset({ source: 'cifar10', imageSize: 12 }), '16 or 32'],
    ['too many large images', withDataset({ imageSize: 32, trainingImages: 20_001 }), 'fit in memory'],
    [
      'a batch larger than the data',
      {
        ...base,
        dataset: { ...base.dataset, trainingImages: 100 },
        recipe: { ...base.recipe, batchSize: 101 },
      },
      'larger than the 100 training images',
    ],
    ['a switch in network 4', withSwitch({ network: 3 }), 'network 4, but there are only 3'],
    [
      'a switch in block 16 of 15',
      withSwitch({ blocks: [15] }),
      'block 16 of residual-32, which has only 15',
    ],
    ['a switch of no blocks', withSwitch({ blocks: [] }), 'blocks'],
    ['a switch after the last step', withSwitch({ step: 300 }), 'only 300 steps'],
    ['a half switch', withSwitch({ to: 0.5 }), '0.5'],
    ['a fade backwards', withSwitch({ overSteps: -5 }), 'fade'],
    ['an unknown change', { ...base, interventions: [{ kind: 'explode', step: 1 }] }, 'mid-experiment'],
    [
      'too many changes',
      { ...base, interventions: Array(101).fill({ kind: 'learningRate', step: 1, to: 1 }) },
      '100',
    ],
  ])('refuses %s in a sentence', (_, candidate, part) => {
    const sentences = sentencesOf(candidate)
    expect(sentences.join(' ')).toContain(part)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('says everything that is wrong at once, each thing once', () => {
    expect(sentencesOf({ ...base, width: 5, seed: -1, evaluateEvery: 0 })).toHaveLength(3)
  })

  it('sorts changes by step, keeps those of one step in order, and tidies block lists', () => {
    const validation = validateSpec({
      ...base,
      interventions: [
        { kind: 'learningRate', step: 20, to: 0.1 },
        { kind: 'learningRate', step: 10, to: 0.2 },
        { kind: 'shortcuts', step: 10, network: 2, blocks: [4, 1, 4], to: 0, overSteps: 5 },
      ],
    })
    if (!validation.ok) throw new Error(validation.sentences.join(' '))
    expect(validation.spec.interventions).toEqual([
      { kind: 'learningRate', step: 10, to: 0.2 },
      { kind: 'shortcuts', step: 10, network: 2, blocks: [1, 4], to: 0, overSteps: 5 },
      { kind: 'learningRate', step: 20, to: 0.1 },
    ])
  })

  it('accepts a run that ends in its warm-up: the first steps of a longer one', () => {
    expect(validateSpec(withRecipe({ steps: 20 })).ok).toBe(true)
  })

  it('never throws, and lets nothing but the plain form through', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (candidate) => {
        expect(validateSpec(candidate).ok).toBe(false)
      }),
    )
    const hostile: unknown = JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(base).slice(1)}`)
    const validation = validateSpec(hostile)
    expect(validation.ok && Object.keys(validation.spec)).not.toContain('__proto__')
    expect('polluted' in {}).toBe(false)
  })
})

describe('dropImpossibleInterventions', () => {
  const spec: ExperimentSpec = {
    ...base,
    interventions: [
      { kind: 'shortcuts', step: 10, network: 2, blocks: [14], to: 0, overSteps: 0 },
      { kind: 'learningRate', step: 250, to: 0.01 },
    ],
  }
  it('leaves an experiment alone where all fit', () => {
    expect(dropImpossibleInterventions(spec)).toBe(spec)
  })
  it('drops what a shorter run, a shallower network or fewer networks have no place for', () => {
    const shorter = { ...spec, recipe: { ...spec.recipe, steps: 100 } }
    expect(dropImpossibleInterventions(shorter).interventions).toEqual([spec.interventions[0]])
    const shallower: ExperimentSpec = {
      ...spec,
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 20, shortcut: 'none' },
        { depth: 20, shortcut: 'A' },
      ],
    }
    expect(dropImpossibleInterventions(shallower).interventions).toEqual([spec.interventions[1]])
    const fewer = { ...spec, networks: spec.networks.slice(0, 2) }
    expect(dropImpossibleInterventions(fewer).interventions).toEqual([spec.interventions[1]])
  })
})
