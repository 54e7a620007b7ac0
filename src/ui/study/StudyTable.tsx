import { chanceError } from '../../domain/comparison.ts'
import type { StudyRecord } from '../../domain/study.ts'
import { studyGroups } from '../../domain/studyGroups.ts'
import { type RowOrder, type StudyRow, studyRows } from '../../domain/studySummary.ts'
import { publishedConditions } from '../../domain/studyVariants.ts'
import { averagedText, publishedText, spreadText } from '../../export/studyText.ts'
import { plotTicks, StudyPlot } from './StudyPlot.tsx'
import { rowNames } from './studyWords.ts'

interface StudyTableProps {
  readonly record: StudyRecord
  readonly order: RowOrder
  /** Training error now of the variants that train, percent, by name. */
  readonly live: ReadonlyMap<string, number>
}

/** The study as a table whose middle column is its picture; the published numbers have a column, not a place on our axis. */
export const StudyTable = ({ record, order, live }: StudyTableProps) => {
  const rows = studyRows(record, order)
  const { groups, atChance } = studyGroups(rows)
  const starts = new Set([...groups.slice(1), atChance].flatMap((group) => group[0]?.variant.id ?? []))
  const { request } = record
  return (
    <table className="study-table">
      <caption className="visually-hidden">Error of every variant here, and what was published of it</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="study-table__head">{rowNames[request.kind]}</span>
          </th>
          <th scope="col">
            <span className="study-table__head">Here: training error, %</span>
            <span className="study-table__of">
              {request.base.dataset.source}, {request.depth} layers, {request.base.recipe.steps} steps, mean
              of {averagedText(request)}
            </span>
            <Axis />
          </th>
          <th scope="col" className="study-table__number">
            <span className="study-table__head">Here, %</span>
            <span className="study-table__of">mean ± deviation over seeds</span>
          </th>
          <th scope="col" className="study-table__number">
            <span className="study-table__head">Validation, %</span>
            <span className="study-table__of">here, at the end</span>
          </th>
          <th scope="col" className="study-table__number study-table__published">
            <span className="study-table__head">Published, %</span>
            <span className="study-table__of">{publishedConditions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.variant.id}
            row={row}
            live={live.get(row.variant.id) ?? null}
            isStart={order === 'here' && starts.has(row.variant.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

/** The axis above the dots; the rows draw its lines on. */
const Axis = () => (
  <svg className="study-axis" aria-hidden="true">
    {plotTicks.map((error) => (
      <text key={error} x={`${error}%`} y="28">
        {error}
      </text>
    ))}
    <text className="study-axis__chance" x={`${chanceError}%`} y="12">
      chance
    </text>
  </svg>
)

interface RowProps {
  readonly row: StudyRow
  readonly live: number | null
  /** Whether a group of variants begins that are apart from those above. */
  readonly isStart: boolean
}

const Row = ({ row, live, isStart }: RowProps) => {
  const { variant, training, validation, diverged, results } = row
  const isMissing = results.length === 0
  const seeds = results.map((result) =>
    result.kind === 'finished'
      ? `seed ${result.seed} ${result.trainingError.toFixed(1)} %`
      : `seed ${result.seed} diverged`,
  )
  return (
    <tr
      className={`${isMissing ? 'study-row study-row--missing' : 'study-row'} ${isStart ? 'study-row--start' : ''}`}
    >
      <th scope="row">
        <span className="study-row__name">{variant.name}</span>
        <span className="study-row__note">{variant.note}</span>
      </th>
      <td className="study-row__plot">
        <StudyPlot row={row} live={live} />
        <span className="visually-hidden">{seeds.length === 0 ? 'not run' : seeds.join(', ')}</span>
      </td>
      <td className="study-table__number study-row__here">
        {training === null ? (live === null ? '–' : `${live.toFixed(0)}, training`) : spreadText(training)}
        {diverged.map(({ seed, sentence }) => (
          <span key={seed} className="study-row__diverged" title={sentence}>
            seed {seed} diverged
          </span>
        ))}
      </td>
      <td className="study-table__number study-row__validation">
        {validation === null ? '–' : spreadText(validation)}
      </td>
      <td className="study-table__number study-table__published">
        {publishedText(variant.published) || '–'}
      </td>
    </tr>
  )
}
