import { costOf } from '../../domain/cost.ts'
import { presetNamed } from '../../domain/presets.ts'
import { formatFlops } from '../common/format.ts'
import { useLab, useSpec } from '../common/useLab.ts'

const deepRecipe = presetNamed('deep').spec.recipe
const usualFlops = costOf(presetNamed('default').spec).stepFlops

/** Recipes at which residual networks of 56 layers were seen to train. */
const trainsDeep = (rate: number, warmupSteps: number): boolean =>
  (rate <= deepRecipe.learningRate && warmupSteps >= deepRecipe.warmupSteps) ||
  (rate <= 0.05 && warmupSteps >= 200)

/** From 56 layers on: the recipe that trains there; beyond them: what it costs. */
export const DeepRecipeHint = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const deepest = Math.max(...spec.networks.map((curve) => curve.depth))
  if (deepest < 56) return null
  const { learningRate, warmupSteps } = spec.recipe
  const flops = costOf(spec).stepFlops
  const isUntried = !trainsDeep(learningRate, warmupSteps)
  if (deepest === 56 && !isUntried) return null
  return (
    <div className="hint">
      {deepest > 56 ? (
        <p>
          {deepest} layers: {formatFlops(flops)} a step, {(flops / usualFlops).toFixed(1)} times the default.
          Slow on most devices.
        </p>
      ) : null}
      {isUntried ? (
        <p>
          Residual networks this deep need a lower rate and a longer warm-up.{' '}
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
            Take {deepRecipe.learningRate} and {deepRecipe.warmupSteps} steps
          </button>
        </p>
      ) : null}
    </div>
  )
}
