import { bucketExtremes } from './bucketExtremes.ts'
import { type ChartGeometry, xOfStep, yOfError } from './chartGeometry.ts'

/** SVG path of one network's errors at steps 1, 2, …, thinned to what the pixels can show. */
export const linePath = (
  geometry: ChartGeometry,
  errors: readonly number[],
  /** Stretches the steps of another experiment to this one's axis. */
  stepFactor = 1,
): string => {
  const stepsPerPixel = geometry.lastStep / Math.max(1, geometry.right - geometry.left) / stepFactor
  const perBucket = Math.max(1, Math.ceil(stepsPerPixel * 3))
  let path = ''
  for (const index of bucketExtremes(errors, perBucket)) {
    const error = errors[index]
    if (error === undefined || !Number.isFinite(error)) continue
    const x = xOfStep(geometry, (index + 1) * stepFactor)
    path += `${path === '' ? 'M' : 'L'}${x.toFixed(1)} ${yOfError(geometry, error).toFixed(1)}`
  }
  return path
}
