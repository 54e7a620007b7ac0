/** ln 2 in two parts. The first ends in zeros, so that its product with the exponent of any double is exact. */
export const ln2High = 0.6931471803691238
export const ln2Low = 1.9082149292705877e-10
