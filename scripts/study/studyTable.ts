import type { StudyRecord } from '../../src/domain/study.ts'
import { type Spread, studyRows } from '../../src/domain/studySummary.ts'
import { publishedConditions } from '../../src/domain/studyVariants.ts'
import { studyVerdict } from '../../src/domain/studyVerdict.ts'
import { publishedText, spreadText, studyConditions } from '../../src/export/studyText.ts'

const cell = (spread: Spread | null): string => (spread === null ? '–' : spreadText(spread))

const rangeText = (spread: Spread | null): string =>
  spread === null ? '–' : `${spread.least.toFixed(1)} to ${spread.most.toFixed(1)}`

/** The study as a table for a terminal, the best first, and what may be said of it. */
export const studyTable = (record: StudyRecord): string => {
  const head = ['variant', 'training error', 'range', 'validation error', 'seeds', 'published']
  const rows = studyRows(record, 'here').map(({ variant, training, validation, diverged }) => [
    variant.name,
    cell(training),
    rangeText(training),
    cell(validation),
    `${training?.count ?? 0}${diverged.length > 0 ? ` (${diverged.length} diverged)` : ''}`,
    publishedText(variant.published) || '–',
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd()
  const { sentence, detail } = studyVerdict(record)
  return [
    line(head),
    ...rows.map(line),
    '',
    `Here: ${record.request.base.dataset.source}, ${studyConditions(record.request)}; mean ± deviation over seeds, percent.`,
    `Published: ${publishedConditions}.`,
    '',
    detail === '' ? sentence : `${sentence} ${detail}`,
  ].join('\n')
}
