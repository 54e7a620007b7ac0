import { expect, it } from 'vitest'
import { adviseSpec } from './adviseSpec.ts'
import type { CurveSpec } from './curveSpec.ts'
import { recipeSeenFor, untriedDeep } from './deepRecipe.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import { presetNamed } from './presets.ts'

const base = presetNamed('default').spec
const bottleneck: CurveSpec = { depth: 164, shortcut: 'A', block: 'bottleneck', order: 'full-preact' }

const withCurve = (curve: CurveSpec, recipe: Partial<ExperimentSpec['recipe']> = {}): ExperimentSpec => ({
  ...base,
  networks: [{ depth: 8, shortcut: 'none' }, curve],
  recipe: { ...base.recipe, ...recipe },
})

it.each<[CurveSpec, number, number, number, string]>([
  [{ depth: 56, shortcut: 'A' }, 0.02, 100, 400, '56 layers'],
  [{ depth: 62, shortcut: 'A' }, 0.02, 200, 600, '110 layers'],
  [{ depth: 110, shortcut: 'B' }, 0.02, 200, 600, '110 layers'],
  [{ depth: 1202, shortcut: 'A' }, 0.02, 200, 600, '110 layers'],
  [bottleneck, 0.05, 100, 600, '164 layers'],
])('names the measured recipe that is nearest: %j', (curve, learningRate, warmupSteps, steps, words) => {
  const { seenAt, ...recipe } = recipeSeenFor(curve)
  expect(recipe).toEqual({ learningRate, warmupSteps, steps })
  expect(seenAt).toContain(words)
  // Whoever takes it is not warned again.
  expect(untriedDeep(withCurve(curve, recipe))).toBeNull()
  const sentence = adviseSpec(withCurve(curve)).find(({ key }) => key === 'deep-recipe')?.sentence
  expect(sentence).toContain(`a warm-up of ${warmupSteps} steps and ${steps} steps in all`)
})

it('does not take the recipe of 56 layers for one of 110', () => {
  const { learningRate, warmupSteps } = recipeSeenFor({ depth: 56, shortcut: 'A' })
  const curve: CurveSpec = { depth: 110, shortcut: 'A' }
  expect(untriedDeep(withCurve(curve, { learningRate, warmupSteps }))).toEqual(curve)
})

it('speaks of the residual network, where there is one, and of the deepest', () => {
  const networks: readonly CurveSpec[] = [
    { depth: 110, shortcut: 'none' },
    { depth: 56, shortcut: 'A' },
    { depth: 62, shortcut: 'A' },
  ]
  expect(untriedDeep({ ...base, networks })).toEqual(networks[2])
})
