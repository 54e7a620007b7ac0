import { limits } from '../../domain/limits.ts'
import { formatNumber } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'

/** What is wrong with a learning rate, a sentence; null where nothing is. */
export const rateProblem = (rate: number): string | null =>
  rate > limits.learningRate.min && rate <= limits.learningRate.max
    ? null
    : `A rate is above ${limits.learningRate.min} and at most ${limits.learningRate.max}.`

/** The base learning rate: of the running experiment from its next step on, else of the set-up. */
export const LearningRateSection = () => {
  const { controller } = useLab()
  const isLive = useRuns(
    ({ run }) => run?.status === 'running' || run?.status === 'paused' || run?.status === 'preparing',
  )
  const live = useRuns((state) => state.learningRate)
  const planned = useSpec((state) => state.spec.recipe.learningRate)
  const rate = isLive ? live : planned
  const set = (wanted: number) => {
    if (rateProblem(wanted) === null) controller.setLearningRate(Number(wanted.toPrecision(3)))
  }
  return (
    <section className="setup__section" aria-label="Learning rate">
      <NumberField
        label={
          <>
            <span className="rate__label">Learning rate</span>
            {isLive ? <span className="badge badge--live">next step</span> : null}
          </>
        }
        className="field rate"
        value={rate}
        check={rateProblem}
        onCommit={set}
      >
        <button
          type="button"
          className="button button--small rate__button"
          aria-label={`Halve the learning rate, to ${formatNumber(rate / 2)}`}
          title={`Halve, to ${formatNumber(rate / 2)}`}
          onClick={() => set(rate / 2)}
        >
          ÷ 2
        </button>
        <button
          type="button"
          className="button button--small rate__button"
          aria-label={`Double the learning rate, to ${formatNumber(rate * 2)}`}
          title={`Double, to ${formatNumber(rate * 2)}`}
          onClick={() => set(rate * 2)}
        >
          × 2
        </button>
      </NumberField>
    </section>
  )
}
