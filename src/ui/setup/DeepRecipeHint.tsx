import { adviseSpec, flopText } from '../../domain/adviseSpec.ts'
import { costOf } from '../../domain/cost.ts'
import { presetNamed } from '../../domain/presets.ts'
import { useLab, useSpec } from '../common/useLab.ts'

const { learningRate, warmupSteps } = presetNamed('deep').spec.recipe
const usualFlops = costOf(presetNamed('default').spec).stepFlops

/** From 56 layers on: the recipe that trains there; beyond them: what it costs. */
export const DeepRecipeHint = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const deepest = Math.max(...spec.networks.map((curve) => curve.depth))
  const isUntried = adviseSpec(spec).some(({ key }) => key === 'deep-recipe')
  if (deepest <= 56 && !isUntried) return null
  const flops = costOf(spec).stepFlops
  return (
    <div className="hint">
      {deepest > 56 ? (
        <p>
          {deepest} layers: {flopText(flops)} a step, {(flops / usualFlops).toFixed(1)} times the default.
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
              controller.edit((now) => ({ ...now, recipe: { ...now.recipe, learningRate, warmupSteps } }))
            }
          >
            Take {learningRate} and {warmupSteps} steps
          </button>
        </p>
      ) : null}
    </div>
  )
}
