import { useMemo, useState } from 'react'
import type { StudyRecord } from '../../domain/study.ts'
import type { RowOrder } from '../../domain/studySummary.ts'
import { studyVerdict } from '../../domain/studyVerdict.ts'
import { Icon } from '../common/Icon.tsx'
import { Segments } from './Segments.tsx'
import { StudyTable } from './StudyTable.tsx'
import { saveStudy } from './saveStudy.ts'
import { useLiveErrors } from './useLiveErrors.ts'

const orders: readonly { readonly value: RowOrder; readonly name: string }[] = [
  { value: 'published', name: 'published order' },
  { value: 'here', name: 'error here' },
]

/** What a study shows: its sentence, its picture, and its files. */
export const StudyResults = ({ record }: { readonly record: StudyRecord }) => {
  const [order, setOrder] = useState<RowOrder>('published')
  const live = useLiveErrors(record.request.kind)
  const { sentence, detail } = useMemo(() => studyVerdict(record), [record])
  const hasResults = record.results.length > 0
  return (
    <section className="study-results" aria-label="Results">
      <div className="study-results__words" aria-live="polite">
        {/* A number stays with its unit. */}
        <p className="study-results__sentence">{sentence.replaceAll(' %', '\u00a0%')}</p>
        {detail === '' ? null : <p className="note">{detail}</p>}
      </div>
      <div className="study-results__tools">
        <Segments label="Sorted by" options={orders} value={order} onChange={setOrder} />
        {hasResults ? (
          <span className="study-results__files">
            <button
              type="button"
              className="button button--small"
              onClick={() => saveStudy(record, 'csv', order)}
            >
              <Icon name="export" />
              Numbers, CSV
            </button>
            <button
              type="button"
              className="button button--small"
              onClick={() => saveStudy(record, 'svg', order)}
            >
              <Icon name="export" />
              Figure, SVG
            </button>
          </span>
        ) : null}
      </div>
      <StudyTable record={record} order={order} live={live} />
      <p className="note">
        Each tick is a seed, the line goes from the lowest to the highest, the marker is the mean. The
        published numbers are of another depth, other data and a far longer training: compare the order, not
        the numbers.
      </p>
    </section>
  )
}
