import { useMemo } from 'react'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { EvaluationPoint, StepPoint } from '../../domain/run.ts'
import { smoothed } from '../../domain/series.ts'
import type { SeriesStore, ViewState } from '../../state/lab.ts'
import { useSeriesValue } from '../pictures/useSeriesValue.ts'
import { axisFloor } from './chartGeometry.ts'

/** The chart is drawn at most five times a second: eyes need no more, and training needs the processor. */
const chartIntervalMs = 200

export interface Curves {
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  /** By network, one value a step. */
  readonly smoothedErrors: readonly (readonly number[])[]
  readonly floor: number
}

/** The present run's points as the chart needs them, fresh arrays with every draw. */
export const useCurves = (
  series: SeriesStore,
  spec: ExperimentSpec,
  hasRun: boolean,
  smoothing: number,
  errorAxis: ViewState['errorAxis'],
): Curves => {
  const version = useSeriesValue(series, chartIntervalMs, (points) => points.version())
  const count = spec.networks.length
  return useMemo(() => {
    const steps = hasRun ? [...series.steps()] : []
    const evaluations = hasRun ? [...series.evaluations()] : []
    const smoothedErrors = Array.from({ length: count }, (_, network) =>
      smoothed(
        steps.map((point) => point.trainingErrors[network] ?? Number.NaN),
        smoothing,
      ),
    )
    return { steps, evaluations, smoothedErrors, floor: floorOf(errorAxis, smoothedErrors, evaluations) }
  }, [version, series, hasRun, count, smoothing, errorAxis])
}

const floorOf = (
  errorAxis: ViewState['errorAxis'],
  smoothedErrors: readonly (readonly number[])[],
  evaluations: readonly EvaluationPoint[],
): number => {
  if (errorAxis === 'linear') return 0
  let least = 100
  for (const errors of smoothedErrors) for (const error of errors) if (error < least) least = error
  for (const { validationErrors } of evaluations)
    for (const error of validationErrors) if (error < least) least = error
  return axisFloor(least)
}
