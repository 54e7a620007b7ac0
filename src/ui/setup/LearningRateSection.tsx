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
    ({ run, isOfStudy }) =>
      !isOfStudy && (run?.status === 'running' || run?.status === 'paused' || run?.status === 'preparing'),
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
        className="rate"
        label={
          <span className="rate__title">
            <span className="section-title">Learning rate</span>
            {isLive ? <span className="badge badge--live">at the next step</span> : null}
          </span>
        }
        value={rate}
        check={rateProblem}
        onCommit={set}
      >
        <RateButton words="Halve" sign="÷ 2" to={rate / 2} onChoose={set} />
        <RateButton words="Double" sign="× 2" to={rate * 2} onChoose={set} />
      </NumberField>
    </section>
  )
}

interface RateButtonProps {
  readonly words: string
  readonly sign: string
  readonly to: number
  readonly onChoose: (rate: number) => void
}

const RateButton = ({ words, sign, to, onChoose }: RateButtonProps) => (
  <button
    type="button"
    className="button button--small"
    aria-label={`${words} the learning rate, to ${formatNumber(to)}`}
    title={`${words}, to ${formatNumber(to)}`}
    onClick={() => onChoose(to)}
  >
    {sign}
  </button>
)
