import type { StudyRecord } from '../../domain/study.ts'
import type { RowOrder } from '../../domain/studySummary.ts'
import { studyCsv } from '../../export/studyCsv.ts'
import { studyLink, studySvg } from '../../export/studySvg.ts'
import { addressWith } from '../bar/addressWith.ts'
import { saveFile } from '../common/saveFile.ts'

/** A study as one file, saved by the browser. */
export const saveStudy = (record: StudyRecord, format: 'csv' | 'svg', order: RowOrder): void => {
  const { kind, depth } = record.request
  const name = `degradation-lab-${kind}-${depth}.${format}`
  switch (format) {
    case 'csv':
      saveFile(name, new Blob([studyCsv(record)], { type: 'text/csv' }))
      break
    case 'svg':
      saveFile(name, new Blob([figure(record, order)], { type: 'image/svg+xml' }))
      break
    default:
      format satisfies never
  }
}

const figure = (record: StudyRecord, order: RowOrder): string => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark'
  return studySvg(record, {
    width: 1100,
    theme: isDark ? 'dark' : 'light',
    order,
    link: `First experiment: ${addressWith(studyLink(record))}`,
  })
}
