import type { EvaluationPoint, StepPoint } from '../../domain/run.ts'

/** What recharts gets: one row a step that is drawn. Arrays are by network; null where nothing was measured. */
export interface CurveRow {
  readonly step: number
  readonly training: readonly (number | null)[]
  readonly raw: readonly (number | null)[]
  readonly validation: readonly (number | null)[]
}

/** Rows a line: more cost the page time and cannot be seen. */
const mostRows = 160

/**
 * Rows at a fixed grid of steps, at every evaluation and at the last step, so that what is drawn stays while points are appended.
 * A smoothed line has no spikes between the rows; the raw line is drawn by itself, from its extremes.
 */
export const curveRows = (
  steps: readonly StepPoint[],
  evaluations: readonly EvaluationPoint[],
  smoothedErrors: readonly (readonly number[])[],
  lastStep: number,
  floor: number,
): CurveRow[] => {
  const stride = Math.max(1, Math.ceil(lastStep / mostRows))
  const evaluationAt = new Map(evaluations.map((point) => [point.step, point]))
  const drawn = (error: number | undefined): number | null =>
    error === undefined || !Number.isFinite(error) ? null : Math.max(floor, error)
  const networks = smoothedErrors.map((_, network) => network)
  const row = (step: number, index: number | null): CurveRow => ({
    step,
    training: networks.map((n) => (index === null ? null : drawn(smoothedErrors[n]?.[index]))),
    raw: networks.map((n) => (index === null ? null : (steps[index]?.trainingErrors[n] ?? null))),
    validation: networks.map((n) => drawn(evaluationAt.get(step)?.validationErrors[n])),
  })

  const rows: CurveRow[] = evaluationAt.has(0) ? [row(0, null)] : []
  steps.forEach(({ step }, index) => {
    const isDrawn = index === 0 || index === steps.length - 1 || step % stride === 0 || evaluationAt.has(step)
    if (isDrawn) rows.push(row(step, index))
  })
  return rows
}
