/** Of numbers above 0. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/** Slope of the least-squares line through values at 0, 1, 2, … */
export const slopeOf = (values: readonly number[]): number => {
  const centre = (values.length - 1) / 2
  const products = values.reduce((sum, value, index) => sum + (index - centre) * value, 0)
  return products / values.reduce((sum, _, index) => sum + (index - centre) ** 2, 0)
}
