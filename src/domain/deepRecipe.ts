import { type CurveSpec, optionsOf } from './curveSpec.ts'
import type { ExperimentSpec, Recipe } from './experimentSpec.ts'
import { layersPerBlock, type NetworkOptions } from './networkSpec.ts'
import { type PresetName, presetNamed } from './presets.ts'

/** What a deep network needs to train, as it was measured. */
export interface DeepRecipe extends Pick<Recipe, 'learningRate' | 'warmupSteps' | 'steps'> {
  /** The network that was seen to train with it, for the middle of a sentence. */
  readonly seenAt: string
}

/** From here on the default recipe does not train the residual network in the steps that the lab offers. */
const deepFrom = 56

const recipeOf = (preset: PresetName, seenAt: string): DeepRecipe => {
  const { learningRate, warmupSteps, steps } = presetNamed(preset).spec.recipe
  return { seenAt, learningRate, warmupSteps, steps }
}

const at56 = recipeOf('deep', 'a residual network of 56 layers')
const at110 = recipeOf('deep110', 'a residual network of 110 layers')
const at164 = recipeOf('deep164', 'one of 164 layers (bottlenecks, full pre-activation)')

/** The recipe of the network nearest to this one that was measured. Beyond 110 basic and 164 bottleneck layers none was. */
export const recipeSeenFor = (curve: CurveSpec): DeepRecipe => {
  if (curve.depth <= deepFrom) return at56
  return isPreactivatedBottleneck(optionsOf(curve)) ? at164 : at110
}

const isPreactivated = ({ order }: NetworkOptions): boolean => order === 'full-preact'

const isPreactivatedBottleneck = (options: NetworkOptions): boolean =>
  isPreactivated(options) && layersPerBlock(options.block) === 3

/** Recipes at which deep residual networks were seen to train: up to a rate, from a warm-up on. */
const seen: readonly (Pick<Recipe, 'learningRate' | 'warmupSteps'> & {
  readonly holdsFor: (depth: number, options: NetworkOptions) => boolean
})[] = [
  { ...at56, holdsFor: (depth) => depth <= 56 },
  { learningRate: 0.05, warmupSteps: 200, holdsFor: (depth) => depth <= 56 },
  {
    learningRate: 0.05,
    warmupSteps: 50,
    holdsFor: (depth, options) => depth <= 56 && isPreactivated(options),
  },
  // Of what is deeper than any that was measured nothing better is known.
  { ...at110, holdsFor: () => true },
  { learningRate: 0.02, warmupSteps: 50, holdsFor: (_, options) => isPreactivated(options) },
  { ...at164, holdsFor: (_, options) => isPreactivatedBottleneck(options) },
]

const isSeen = (curve: CurveSpec, { learningRate, warmupSteps }: Recipe): boolean =>
  seen.some(
    (known) =>
      known.holdsFor(curve.depth, optionsOf(curve)) &&
      learningRate <= known.learningRate &&
      warmupSteps >= known.warmupSteps,
  )

/** The deepest network that this recipe was not seen to train: a residual one where one is that deep; null where there is none. */
export const untriedDeep = ({ networks, recipe }: ExperimentSpec): CurveSpec | null => {
  const deep = networks.filter(({ depth }) => depth >= deepFrom)
  const residual = deep.filter(({ shortcut }) => shortcut !== 'none')
  const untried = (residual.length > 0 ? residual : deep).filter((curve) => !isSeen(curve, recipe))
  return untried.sort((a, b) => b.depth - a.depth)[0] ?? null
}
