import { flopText } from '../../domain/adviseSpec.ts'
import { costOf } from '../../domain/cost.ts'
import { type DeepRecipe, recipeSeenFor, untriedDeep } from '../../domain/deepRecipe.ts'
import { presetNamed } from '../../domain/presets.ts'
import { useLab, useSpec } from '../common/useLab.ts'

const usualFlops = costOf(presetNamed('default').spec).stepFlops

/** From 56 layers on: a recipe that was seen to train there; beyond them: what it costs. */
export const DeepRecipeHint = () => {
  const spec = useSpec((state) => state.spec)
  const deepest = Math.max(...spec.networks.map((curve) => curve.depth))
  const untried = untriedDeep(spec)
  if (deepest <= 56 && untried === null) return null
  const flops = costOf(spec).stepFlops
  return (
    <div className="hint">
      {deepest > 56 ? (
        <p>
          {deepest} layers: {flopText(flops)} a step
          {flops > usualFlops
            ? `, ${(flops / usualFlops).toFixed(1)} times the default`
            : ' in very many small layers'}
          . Slow on most devices.
        </p>
      ) : null}
      {untried === null ? null : <SeenRecipe recipe={recipeSeenFor(untried)} />}
    </div>
  )
}

const SeenRecipe = ({ recipe: { seenAt, learningRate, warmupSteps, steps } }: { recipe: DeepRecipe }) => {
  const { controller } = useLab()
  const take = () =>
    controller.edit((now) => ({
      ...now,
      // A longer run is left its length.
      recipe: { ...now.recipe, learningRate, warmupSteps, steps: Math.max(steps, now.recipe.steps) },
    }))
  return (
    <p>
      Residual networks this deep need another recipe: {seenAt} trained with a rate of {learningRate}, a
      warm-up of {warmupSteps} steps and {steps} steps in all.{' '}
      <button type="button" className="link-button" onClick={take}>
        Take this recipe
      </button>
    </p>
  )
}
