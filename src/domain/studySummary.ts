import { type StudyRecord, type StudyResult, seedsOf } from './study.ts'
import { type StudyVariant, studyVariants } from './studyVariants.ts'

/** Mean, extremes and sample deviation over seeds, points of percent. */
export interface Spread {
  readonly mean: number
  readonly least: number
  readonly most: number
  /** Null below two values. */
  readonly deviation: number | null
  readonly count: number
}

/** What is known of one variant. */
export interface StudyRow {
  readonly variant: StudyVariant
  /** Finished and diverged ones, in the order of the seeds. */
  readonly results: readonly StudyResult[]
  /** Null before the first seed has finished. */
  readonly training: Spread | null
  readonly validation: Spread | null
  readonly diverged: readonly Extract<StudyResult, { readonly kind: 'diverged' }>[]
}

export type RowOrder = 'published' | 'here'

const spreadOf = (values: readonly number[]): Spread | null => {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (count - 1)
  return {
    mean,
    least: Math.min(...values),
    most: Math.max(...values),
    deviation: count < 2 ? null : Math.sqrt(variance),
    count,
  }
}

const rowOf = ({ request, results }: StudyRecord, variant: StudyVariant): StudyRow => {
  const own = seedsOf(request).flatMap((seed) =>
    results.filter((one) => one.variant === variant.id && one.seed === seed),
  )
  const finished = own.flatMap((one) => (one.kind === 'finished' ? [one] : []))
  return {
    variant,
    results: own,
    training: spreadOf(finished.map(({ trainingError }) => trainingError)),
    validation: spreadOf(finished.flatMap(({ validationError }) => validationError ?? [])),
    diverged: own.flatMap((one) => (one.kind === 'diverged' ? [one] : [])),
  }
}

/** Where a row stands among the published ones: by error, then what fails, then what nothing is published of. */
const publishedRank = ({ variant: { published } }: StudyRow): number =>
  published.kind === 'error' ? published.percent : published.kind === 'fails' ? 1000 : 2000

const rankHere = ({ training, diverged }: StudyRow): number =>
  training?.mean ?? (diverged.length > 0 ? 1000 : 2000)

/** Every variant of a study, the best first; those of equal rank stay as they are listed. */
export const studyRows = (record: StudyRecord, order: RowOrder): readonly StudyRow[] => {
  const rank = order === 'published' ? publishedRank : rankHere
  return studyVariants(record.request.kind)
    .map((variant) => rowOf(record, variant))
    .sort((a, b) => rank(a) - rank(b))
}
