// Arctangents of 1/2, 1, 3/2 and ∞, each with what it is more than its double.
const half = { high: 0.4636476090008061, low: 2.2698777452961687e-17 }
const one = { high: 0.7853981633974483, low: 3.061616997868383e-17 }
const threeHalves = { high: 0.982793723247329, low: 1.3903311031230998e-17 }
const infinite = { high: 1.5707963267948966, low: 6.123233995736766e-17 }

/**
 * The arctangent of a number that is not negative, Infinity included. Near one of four numbers c whose arctangent is known, it is that
 * of c plus that of (x − c) / (1 + c · x), which is small; as in fdlibm (`s_atan.c`). Within 1 ulp.
 */
export const atan = (x: number): number => {
  if (x < 7 / 16) return x - correctionOf(x)
  if (x < 11 / 16) return addedTo(half, (2 * x - 1) / (2 + x))
  if (x < 19 / 16) return addedTo(one, (x - 1) / (x + 1))
  if (x < 39 / 16) return addedTo(threeHalves, (x - 1.5) / (1 + 1.5 * x))
  return addedTo(infinite, -1 / x)
}

const addedTo = ({ high, low }: typeof half, x: number): number => high - (correctionOf(x) - low - x)

// Coefficients of x³, x⁵, … x²³ with the opposite sign: near 1/3, −1/5, …
const a3 = 0.3333333333333293
const a5 = -0.19999999999876483
const a7 = 0.14285714272503466
const a9 = -0.11111110405462356
const a11 = 0.09090887133436507
const a13 = -0.0769187620504483
const a15 = 0.06661073137387531
const a17 = -0.058335701337905735
const a19 = 0.049768779946159324
const a21 = -0.036531572744216916
const a23 = 0.016285820115365782

/** x − arctan x for |x| < 7/16. */
const correctionOf = (x: number): number => {
  const z = x * x
  const w = z * z
  // Even and odd powers apart: two short chains round less than one long one.
  const odd = z * (a3 + w * (a7 + w * (a11 + w * (a15 + w * (a19 + w * a23)))))
  const even = w * (a5 + w * (a9 + w * (a13 + w * (a17 + w * a21))))
  return x * (odd + even)
}
