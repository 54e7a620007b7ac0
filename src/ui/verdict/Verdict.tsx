import './verdict.css'
import { useMemo } from 'react'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import { verdictOf } from '../../domain/verdict.ts'
import type { VerdictPart } from '../../domain/verdictParts.ts'
import { preparationSentence } from '../bar/progressOf.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { networkStyles } from '../pictures/networkStyle.ts'
import { useCalmSteps } from '../pictures/useCalmSteps.ts'

/** The sentence over everything: the question before a run, what the data say while it runs and after. Once a second at most. */
export const Verdict = () => {
  useSeriesTick(1000)
  const { series } = useLab()
  const setUp = useSpec((state) => state.spec)
  const run = useRuns((state) => state.run)
  const preparation = useRuns((state) => state.preparation)
  const spec = run?.spec ?? setUp
  const steps = series.steps().slice(0, useCalmSteps(series))
  const { parts, detail } = verdictOf({
    spec,
    steps,
    evaluations: series.evaluations(),
    status: run?.status ?? 'stopped',
    marks: run?.marks ?? [],
    failure: run?.failure ?? null,
  })
  const hasNone = run === null || run.status === 'stopped'
  return (
    <section className="verdict" aria-labelledby="verdict-title">
      <h2 className="verdict__headline" id="verdict-title">
        <Headline parts={parts} networks={spec.networks} />
      </h2>
      {hasNone ? <Invitation /> : null}
      {preparation !== null && steps.length === 0 ? (
        <p className="verdict__call">{preparationSentence(preparation.stage, spec)}</p>
      ) : null}
      <p className="verdict__sub">{detail}</p>
    </section>
  )
}

const Headline = (props: {
  readonly parts: readonly VerdictPart[]
  readonly networks: readonly CurveSpec[]
}) => {
  const styles = useMemo(() => networkStyles(props.networks), [props.networks])
  return props.parts.map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      // Parts have no other name than their place.
      <span key={index} className="verdict__part" style={{ color: styles[part.network]?.color }}>
        {part.text}
      </span>
    ),
  )
}

const Invitation = () => (
  <p className="verdict__call">
    <span className="when-keys">
      Press <kbd>space</kbd> to see.
    </span>
    <span className="when-touch">Tap Run to see.</span>
  </p>
)
