import type { EvaluationPoint } from '../../domain/run.ts'
import { NetworkMark } from '../pictures/NetworkMark.tsx'
import type { NetworkStyle } from '../pictures/networkStyle.ts'
import type { ChartMark } from './chartMarks.ts'
import type { CurveRow } from './curveRows.ts'

export interface TooltipFacts {
  readonly styles: readonly NetworkStyle[]
  readonly hidden: readonly string[]
  readonly stepsPerEpoch: number
  readonly isSmoothed: boolean
  /** No room for the raw errors beside the smoothed ones: the chart has their lines. */
  readonly isNarrow: boolean
  readonly evaluations: readonly EvaluationPoint[]
  readonly marks: readonly ChartMark[]
}

const number = (error: number | null | undefined): string =>
  error === null || error === undefined || !Number.isFinite(error) ? '–' : error.toFixed(1)

/** Every curve at one step: smoothed and raw error of the minibatches, and the last evaluation before it. */
export const CurvesTooltip = ({ row, facts }: { row: CurveRow; facts: TooltipFacts }) => {
  const { styles, hidden, stepsPerEpoch, isSmoothed, isNarrow, evaluations, marks } = facts
  const showsRaw = !isSmoothed || !isNarrow
  const evaluation = evaluations.findLast(({ step }) => step <= row.step)
  const here = marks.filter(({ step }) => step === row.step)
  const shown = styles.flatMap((style, network) =>
    hidden.includes(style.label)
      ? []
      : [{ style, network, error: row.training[network] ?? Number.POSITIVE_INFINITY }],
  )
  shown.sort((a, b) => b.error - a.error)
  return (
    <div className="curves-tooltip">
      <div className="curves-tooltipHead">
        <b>step {row.step}</b> epoch {(row.step / stepsPerEpoch).toFixed(2)}
      </div>
      <table>
        <thead>
          <tr className="curves-tooltipGroups">
            <td />
            <th scope="colgroup" colSpan={isSmoothed && showsRaw ? 2 : 1}>
              minibatches
            </th>
            <th scope="colgroup" colSpan={2}>
              {evaluation === undefined ? 'evaluation' : `fixed images, step ${evaluation.step}`}
            </th>
          </tr>
          <tr>
            <th scope="col">error, %</th>
            {isSmoothed && <th scope="col">training</th>}
            {showsRaw && <th scope="col">{isSmoothed ? 'raw' : 'training'}</th>}
            <th scope="col">training</th>
            <th scope="col">validation</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ style, network }) => (
            <tr key={style.label}>
              <th scope="row" style={{ color: style.color }}>
                <NetworkMark style={style} /> {style.label}
              </th>
              {isSmoothed && <td>{number(row.training[network])}</td>}
              {showsRaw && <td className={isSmoothed ? 'curves-quiet' : ''}>{number(row.raw[network])}</td>}
              <td>{number(evaluation?.trainingErrors[network])}</td>
              <td className="curves-strong">{number(evaluation?.validationErrors[network])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {here.map(({ text }) => (
        <div key={text} className="curves-tooltipMark">
          {text}
        </div>
      ))}
    </div>
  )
}
