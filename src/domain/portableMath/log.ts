import { ln2High, ln2Low } from './ln2.ts'

// Of Remes's approximation to (ln(1 + s) − ln(1 − s)) / s − 2 in powers of s²: near 2/3, 2/5, …
const l2 = 0.6666666666666735
const l4 = 0.3999999999940942
const l6 = 0.2857142874366239
const l8 = 0.22222198432149784
const l10 = 0.1818357216161805
const l12 = 0.15313837699209373
const l14 = 0.14798198605116586

/**
 * The natural logarithm, the same, bit for bit, in every browser, which Math.log need not be: x = 2^k · (1 + f) with 1 + f between √2/2
 * and √2, then a series in s = f / (2 + f), as in fdlibm (`e_log.c`). Within 1 ulp for every positive number; −Infinity for 0, NaN
 * below it.
 */
export const log = (x: number): number => {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (x < 0) return Number.NaN
  if (!Number.isFinite(x)) return x
  let exponent = 0
  let mantissa = x
  // Both are exact. Logarithms of the lab are of numbers near 1, for which this is as quick as to read their bits.
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2
  for (; mantissa > Math.SQRT2; exponent++) mantissa *= 0.5
  const f = mantissa - 1

  const s = f / (2 + f)
  const z = s * s
  const series = z * (l2 + z * (l4 + z * (l6 + z * (l8 + z * (l10 + z * (l12 + z * l14))))))
  const halfSquare = 0.5 * f * f
  return s * (halfSquare + series) + exponent * ln2Low - halfSquare + f + exponent * ln2High
}
