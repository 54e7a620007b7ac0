/**
 * Exponential moving average, divided by the weight that it has gathered so far so that it does not start from 0 (as in Adam,
 * Kingma & Ba 2015, section 3). `weight` is the share of the past, 0 … 1. Values that are no number are passed over.
 */
export const smoothed = (values: readonly number[], weight: number): readonly number[] => {
  let sum = 0
  let gathered = 0
  return values.map((value) => {
    if (Number.isFinite(value)) {
      sum = weight * sum + (1 - weight) * value
      gathered = weight * gathered + (1 - weight)
    }
    return gathered === 0 ? Number.NaN : sum / gathered
  })
}
