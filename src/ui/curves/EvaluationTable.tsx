import { memo } from 'react'
import type { EvaluationPoint } from '../../domain/run.ts'

/** The last evaluation for those who do not see the curves. It changes with each evaluation and is not announced. */
export const EvaluationTable = memo(
  ({ labels, evaluation }: { labels: readonly string[]; evaluation: EvaluationPoint | undefined }) => (
    // A clip on the table itself leaves its caption in sight in Firefox.
    <div className="visually-hidden">
      <table>
        <caption>
          {evaluation === undefined
            ? 'Errors at the last evaluation: none yet'
            : `Errors at the last evaluation, step ${evaluation.step}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Training error, %</th>
            <th scope="col">Validation error, %</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label, network) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{evaluation?.trainingErrors[network]?.toFixed(1) ?? 'none'}</td>
              <td>{evaluation?.validationErrors[network]?.toFixed(1) ?? 'none'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ),
)
