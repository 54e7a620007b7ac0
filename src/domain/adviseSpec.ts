import { costOf } from './cost.ts'
import { curveLabel } from './curveLabel.ts'
import { type CurveSpec, optionsOf } from './curveSpec.ts'
import { recipeSeenFor, untriedDeep } from './deepRecipe.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import { type NetworkAdviceKey, networkAdvice } from './networkAdvice.ts'

/** Something that a visitor should know about a set-up before it runs; it refuses nothing. */
export interface Advice {
  readonly key:
    | 'cost'
    | 'memory'
    | 'deep-recipe'
    | 'overflow'
    | 'small-batch'
    | 'narrow'
    | 'no-warmup'
    | 'long-warmup'
    | 'few-steps'
    | NetworkAdviceKey
  readonly sentence: string
}

/** From this on a network is called costly by itself. */
const costlyDepth = 110
/** From here on plain networks broke at their second step at every width, size, rate and seed that was tried; few of 302 layers did. */
const overflowDepth = 350
const manyFlops = 20e12
const muchMemory = 1.5e9

/** Gradients were measured in plain networks of the default kind. */
const overflows = (curve: CurveSpec): boolean => {
  const { block, batchNorm, initialisation } = optionsOf(curve)
  const isDefault = block === 'basic' && batchNorm && initialisation === 'he'
  return curve.shortcut === 'none' && isDefault && curve.depth >= overflowDepth
}

/** Plain warnings about recipes that were measured to fail, and about cost. */
export const adviseSpec = (spec: ExperimentSpec): readonly Advice[] => {
  const { recipe, networks, width } = spec
  const deepest = Math.max(...networks.map(({ depth }) => depth))
  const cost = costOf(spec)
  const advice: Advice[] = []
  const advise = (key: Advice['key'], sentence: string): void => {
    advice.push({ key, sentence })
  }

  const costliest = [...cost.networks].sort((a, b) => b.stepFlops - a.stepFlops)[0]
  if (deepest >= costlyDepth && costliest !== undefined)
    advise(
      'cost',
      `${costliest.label} takes ${flopText(costliest.stepFlops)} a step; all networks together ${flopText(cost.totalFlops)} for the whole run.`,
    )
  else if (cost.totalFlops > manyFlops)
    advise(
      'cost',
      `The whole run takes ${flopText(cost.totalFlops)}: minutes with a graphics processor, long without one.`,
    )
  if (cost.memoryBytes > muchMemory) {
    const why = networks.some((curve) => optionsOf(curve).block !== 'basic')
      ? ': a three-layer block ends in four times the channels'
      : ''
    advise(
      'memory',
      `This takes about ${(cost.memoryBytes / 1e9).toFixed(1)} GB of memory, more than many devices give to a page${why}.`,
    )
  }
  const untried = untriedDeep(spec)
  if (untried !== null) {
    const { seenAt, learningRate, warmupSteps, steps } = recipeSeenFor(untried)
    advise(
      'deep-recipe',
      `No network as deep as ${curveLabel(untried)} was seen to train with this recipe; ${seenAt} did with a learning rate of ${learningRate}, a warm-up of ${warmupSteps} steps and ${steps} steps in all.`,
    )
  }
  const overflowing = networks.find(overflows)
  if (overflowing !== undefined)
    advise(
      'overflow',
      `${curveLabel(overflowing)} breaks in its first steps, even at a low learning rate: without shortcuts its gradient grows from layer to layer, beyond what 32-bit numbers hold.`,
    )
  for (const { key, sentence } of networkAdvice(spec)) advise(key, sentence)
  if (recipe.batchSize <= 32 && recipe.learningRate > 0.02)
    advise('small-batch', `Batches of ${recipe.batchSize} want a lower learning rate: 0.02.`)
  // Three-layer blocks of width 4 carry 16 channels.
  if (width === 4 && networks.some((curve) => optionsOf(curve).block === 'basic'))
    advise(
      'narrow',
      'Width 4 is a lottery: from seed to seed a residual network of 32 layers learns or does not.',
    )
  if (recipe.warmupSteps === 0 && recipe.learningRate >= 0.05 && deepest >= 32)
    advise('no-warmup', 'Without a warm-up a residual network of 32 layers stalls in about one run of three.')
  if (recipe.warmupSteps >= recipe.steps)
    advise(
      'long-warmup',
      `The learning rate rises over ${recipe.warmupSteps} steps, but the run has only ${recipe.steps}: it ends in the warm-up.`,
    )
  else if (recipe.steps < 100)
    advise(
      'few-steps',
      `${recipe.steps} ${recipe.steps === 1 ? 'step is' : 'steps are'} too few for the networks to learn; the default takes 300.`,
    )
  return advice
}

/** Operations as people read them: `304 MFLOP`, `1.7 GFLOP`. */
export const flopText = (flops: number): string => {
  const units = ['kFLOP', 'MFLOP', 'GFLOP', 'TFLOP', 'PFLOP']
  let value = flops / 1e3
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1e3
    unit++
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
