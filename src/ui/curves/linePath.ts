import { downsampledIndices } from '../../domain/series.ts'
import { type ChartGeometry, xOfStep, yOfError } from './chartGeometry.ts'

/** Two points in so many pixels: more would only thicken the line. */
const pixelsPerBucket = 3

/** SVG path of one network's errors at steps 1, 2, …, thinned to what the pixels can show. */
export const linePath = (
  geometry: ChartGeometry,
  errors: readonly number[],
  /** Stretches the steps of another experiment to this one's axis. */
  stepFactor = 1,
): string => {
  const reach = xOfStep(geometry, errors.length * stepFactor) - geometry.left
  let path = ''
  for (const index of downsampledIndices(errors, Math.max(1, reach / pixelsPerBucket))) {
    const error = errors[index]
    if (error === undefined || !Number.isFinite(error)) continue
    const x = xOfStep(geometry, (index + 1) * stepFactor)
    path += `${path === '' ? 'M' : 'L'}${x.toFixed(1)} ${yOfError(geometry, error).toFixed(1)}`
  }
  return path
}
