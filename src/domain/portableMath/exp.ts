import { ln2High, ln2Low } from './ln2.ts'
import { powerOfTwo } from './powerOfTwo.ts'

const doublingsPerUnit = Math.LOG2E

// Above the one lies no finite result, below the other none but 0.
const overflowsAbove = 709.782712893384
const underflowsBelow = -745.1332191019411

// Of Remes's approximation to r · (eʳ + 1) / (eʳ − 1) = 2 + r²/6 − r⁴/360 + …
const p2 = 0.16666666666666602
const p4 = -0.0027777777777015593
const p6 = 0.00006613756321437934
const p8 = -0.0000016533902205465252
const p10 = 4.1381367970572385e-8

/**
 * e to the x, the same, bit for bit, in every browser, which Math.exp need not be: x = k · ln 2 + r with |r| ≤ ln 2 / 2, then a
 * rational approximation of eʳ, as in fdlibm (`e_exp.c`). Within 1 ulp over the whole range, subnormal results included.
 */
export const exp = (x: number): number => {
  if (Number.isNaN(x)) return x
  if (x > overflowsAbove) return Number.POSITIVE_INFINITY
  if (x < underflowsBelow) return 0
  const doublings = Math.round(x * doublingsPerUnit)
  const high = x - doublings * ln2High
  const low = doublings * ln2Low
  const rest = high - low
  const squared = rest * rest
  const c = rest - squared * (p2 + squared * (p4 + squared * (p6 + squared * (p8 + squared * p10))))
  const power = 1 - (low - (rest * c) / (2 - c) - high)
  return doubled(power, doublings)
}

/** value · 2^times, rounded once. */
const doubled = (value: number, times: number): number => {
  // 2^1024 is no double, though half of it doubled may be; powers of two that are subnormal would lose bits twice.
  if (times > 1023) return value * 2 * powerOfTwo(times - 1)
  if (times < -1021) return value * powerOfTwo(times + 1000) * powerOfTwo(-1000)
  return value * powerOfTwo(times)
}
