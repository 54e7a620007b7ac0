/**
 * Exponential smoothing with bias correction, one value at a time: the mean of all values so far, each weighing `weight` times as
 * much as the next. Weight 0 gives the values back. A value that is not finite gives NaN and leaves the mean alone.
 */
export interface Smoother {
  readonly push: (value: number) => number
}

export const maxSmoothing = 0.99

/** @param weight of the past, 0 … 0.99; what is outside is brought in. */
export const createSmoother = (weight: number): Smoother => {
  const past = Math.min(maxSmoothing, Math.max(0, Number.isFinite(weight) ? weight : 0))
  let sum = 0
  let weights = 0
  return {
    push(value) {
      if (!Number.isFinite(value)) return Number.NaN
      // The weights' sum corrects the bias towards 0 that a mean started at 0 has (Kingma and Ba 2015, section 3).
      sum = past * sum + (1 - past) * value
      weights = past * weights + (1 - past)
      return sum / weights
    },
  }
}

/** The smoothed line of a whole series, as long as it. */
export const smoothed = (values: readonly number[], weight: number): number[] => {
  const smoother = createSmoother(weight)
  return values.map((value) => smoother.push(value))
}

/**
 * Which points of a series to draw where there is room for few: the lowest and the highest of each bucket, the first and the
 * last point, in order. Buckets are a power of two long, so while a series grows its points stay where they are until two buckets
 * become one, and no peak flickers. A bucket without a finite value keeps its first point, so that a gap stays a gap.
 *
 * @returns at most 2 · `buckets` + 2 indices into `values`, rising.
 */
export const downsampledIndices = (values: ArrayLike<number>, buckets: number): number[] => {
  const count = values.length
  const room = Math.max(1, Math.floor(buckets))
  if (count <= 2 * room) return Array.from({ length: count }, (_, index) => index)
  let length = 1
  while (length * room < count) length *= 2

  const kept: number[] = []
  const keep = (index: number): void => {
    if (kept.at(-1) !== index) kept.push(index)
  }
  keep(0)
  for (let start = 0; start < count; start += length) {
    let lowest = -1
    let highest = -1
    for (let i = start; i < Math.min(start + length, count); i++) {
      const value = values[i] ?? Number.NaN
      if (!Number.isFinite(value)) continue
      if (lowest < 0 || value < (values[lowest] ?? 0)) lowest = i
      if (highest < 0 || value > (values[highest] ?? 0)) highest = i
    }
    if (lowest < 0) keep(start)
    else {
      keep(Math.min(lowest, highest))
      keep(Math.max(lowest, highest))
    }
  }
  keep(count - 1)
  return kept
}

/** Passes through the training images after so many steps. */
export const epochOf = (step: number, batchSize: number, trainingImages: number): number =>
  (step * batchSize) / trainingImages

/**
 * Lowest value of a logarithmic error axis, percent: what one error among so many images is, as a power of ten at or below it. An
 * error of 0 is drawn there, since a log axis has no 0.
 */
export const logFloor = (images: number): number =>
  10 ** Math.floor(Math.log10(100 / Math.max(1, images)) + 1e-9)

/** A value for a logarithmic axis: never below its floor; NaN stays NaN. */
export const onLogAxis = (value: number, floor: number): number => Math.max(floor, value)
