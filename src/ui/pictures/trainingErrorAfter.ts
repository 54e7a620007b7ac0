import { finalErrorsOf, type StepPoint } from '../../domain/run.ts'
import type { SeriesStore } from '../../state/lab.ts'

export const stepsTaken = (series: Pick<SeriesStore, 'steps'>): number => series.steps().at(-1)?.step ?? 0

/** Whole percents; below 10 with one decimal, where a point is much. */
export const percentText = (error: number): string =>
  error < 9.95 ? `${error.toFixed(1)} %` : `${Math.round(error)} %`

/**
 * Where a network stood after `count` steps, percent: the mean of its last minibatches, the same number that the verdict speaks
 * of. Null before the first step, and where it is no number.
 */
export const trainingErrorAfter = (
  steps: readonly StepPoint[],
  count: number,
  network: number,
): number | null => {
  const errors = finalErrorsOf({ steps: steps.slice(0, count), evaluations: [] }, network)
  return errors === null || !Number.isFinite(errors.trainingError) ? null : errors.trainingError
}
