import './verdict.css'
import { curveLabel, type ExperimentSpec } from '../../domain/experimentSpec.ts'
import { preparationWords } from '../bar/progressOf.ts'
import { formatList } from '../common/format.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { questionOf, type SentencePart } from './questionOf.ts'

/** The sentence over everything: the question before a run, what the data say while it runs and after. */
export const Verdict = () => {
  useSeriesTick(1000)
  const { series } = useLab()
  const setUp = useSpec((state) => state.spec)
  const run = useRuns((state) => state.run)
  const preparation = useRuns((state) => state.preparation)
  const spec = run?.spec ?? setUp
  const step = series.steps().at(-1)?.step ?? 0
  return (
    <section className="verdict" aria-labelledby="verdict-title">
      <h2 className="verdict__headline" id="verdict-title">
        <Sentence parts={questionOf(spec)} />
      </h2>
      <p className="verdict__sub">
        {run === null ? (
          <Invitation spec={spec} />
        ) : step === 0 && preparation !== null ? (
          `${preparationWords(preparation.stage, preparation.fraction, spec)}.`
        ) : null}
      </p>
    </section>
  )
}

const Sentence = ({ parts }: { readonly parts: readonly SentencePart[] }) =>
  parts.map(({ text, role }, index) =>
    role === null ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name
      <span key={index} className={`${role}-ink`}>
        {text}
      </span>
    ),
  )

const Invitation = ({ spec }: { readonly spec: ExperimentSpec }) => (
  <>
    <span className="when-keys">
      Press <kbd>space</kbd> to run:
    </span>
    <span className="when-touch">Tap Run:</span> {formatList(spec.networks.map(curveLabel))} learn from the
    same images in the same order, here in your browser.
  </>
)
