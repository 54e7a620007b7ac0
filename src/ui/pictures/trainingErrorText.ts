import { finalErrorsOf } from '../../domain/run.ts'
import type { SeriesStore } from '../../state/lab.ts'

export const stepsTaken = (series: Pick<SeriesStore, 'steps'>): number => series.steps().at(-1)?.step ?? 0

/** Whole percents; below 9.5 with one decimal, where a point is much. */
export const percentText = (error: number): string =>
  error < 9.95 ? `${error.toFixed(1)} %` : `${Math.round(error)} %`

/**
 * Where a network stands: mean of its last minibatches, the same number that the verdict speaks of. A dash before the first step.
 */
export const trainingErrorText = (
  series: Pick<SeriesStore, 'steps' | 'evaluations'>,
  network: number,
): string => {
  const errors = finalErrorsOf({ steps: series.steps(), evaluations: [] }, network)
  return errors === null || !Number.isFinite(errors.trainingError) ? '–' : percentText(errors.trainingError)
}
