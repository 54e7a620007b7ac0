import { costOf } from '../../domain/cost.ts'
import { presetNamed } from '../../domain/presets.ts'
import { formatFlops } from '../common/format.ts'
import { useLab, useSpec } from '../common/useLab.ts'

const deepRecipe = presetNamed('deep').spec.recipe

/** From 56 layers on: the recipe that trains there; beyond them: what it costs. */
export const DeepRecipeHint = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const deepest = Math.max(...spec.networks.map((curve) => curve.depth))
  if (deepest < 56) return null
  const { learningRate, warmupSteps } = spec.recipe
  const isTooFast = learningRate > deepRecipe.learningRate || warmupSteps < deepRecipe.warmupSteps
  return (
    <div className="hint">
      {deepest > 56 ? (
        <p>
          {deepest} layers take {formatFlops(costOf(spec).stepFlops)} a step: slow on most devices, and deeper
          than what was tried here.
        </p>
      ) : null}
      {isTooFast ? (
        <p>
          At this depth residual networks stall at a rate of {learningRate}.{' '}
          <button
            type="button"
            className="link-button"
            onClick={() =>
              controller.edit((now) => ({
                ...now,
                recipe: {
                  ...now.recipe,
                  learningRate: deepRecipe.learningRate,
                  warmupSteps: deepRecipe.warmupSteps,
                },
              }))
            }
          >
            Take {deepRecipe.learningRate} and {deepRecipe.warmupSteps} warm-up steps
          </button>
        </p>
      ) : null}
    </div>
  )
}
