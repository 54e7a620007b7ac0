/** Two vectors of values by the same name: what the engine gave, and what it should have given. */
export interface Comparison {
  readonly name: string
  readonly actual: ArrayLike<number>
  readonly expected: ArrayLike<number>
}

export interface WorstError {
  readonly error: number
  readonly name: string
}

/** max|a − b| / max(max|b|, floor); infinite where a value is missing or not a number. */
export const relativeError = ({ actual, expected }: Comparison, floor = 0): number => {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let difference = 0
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN))
    if (Number.isNaN(distance)) return Number.POSITIVE_INFINITY
    difference = Math.max(difference, distance)
  }
  if (difference === 0) return 0
  return difference / Math.max(largest(expected), floor)
}

/**
 * The worst tensor of one kind. The largest value among all of them, over 1000, is the least that an error is measured
 * against, because some gradients are zero by construction.
 */
export const worstOf = (comparisons: readonly Comparison[]): WorstError => {
  const floor = Math.max(0, ...comparisons.map(({ expected }) => largest(expected))) / 1000
  return comparisons.reduce<WorstError>(
    (worst, comparison) => {
      const error = relativeError(comparison, floor)
      return error > worst.error ? { error, name: comparison.name } : worst
    },
    { error: 0, name: '' },
  )
}

const largest = (values: ArrayLike<number>): number => {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0))
  return most
}
