import { curveLabel } from '../domain/curveLabel.ts'
import { type StudyRecord, studyCurve } from '../domain/study.ts'
import { studyRows } from '../domain/studySummary.ts'
import { publishedText } from './studyText.ts'

/** A field as RFC 4180 has it. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const number = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(7))))

const heading =
  'variant,network,depth,seed,status,training_error,validation_error,published_resnet110_cifar10_test_error'

/**
 * A study, a line for each variant and seed that was run, and one for each variant that was not. Errors are percentages: training
 * error over the last minibatches, validation error at the end. The published number is of other data, depth and length.
 */
export const studyCsv = (record: StudyRecord): string => {
  const lines = studyRows(record, 'published').flatMap(({ variant, results }) => {
    const curve = studyCurve(record.request, variant)
    const line = (seed: string, status: string, training: string, validation: string): string =>
      [
        variant.id,
        curveLabel(curve),
        String(curve.depth),
        seed,
        status,
        training,
        validation,
        publishedText(variant.published),
      ]
        .map(field)
        .join(',')
    if (results.length === 0) return [line('', 'not run', '', '')]
    return results.map((result) =>
      result.kind === 'finished'
        ? line(String(result.seed), 'finished', number(result.trainingError), number(result.validationError))
        : line(String(result.seed), 'diverged', '', ''),
    )
  })
  return `${[heading, ...lines].join('\n')}\n`
}
