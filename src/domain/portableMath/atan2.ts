import { atan } from './atan.ts'

/** What π is more than its double. */
const piLow = 1.2246467991473532e-16

/** A direction this steep is π/2 on either side. */
const upright = 1e18

/**
 * The angle of the point (x, y), −π … π, the same, bit for bit, in every browser, which Math.atan2 need not be. Within 2 ulp. Zeros keep
 * their signs and infinities their directions, as in IEEE 754: atan2(−0, −1) is −π, atan2(∞, −∞) is 3π/4.
 */
export const atan2 = (y: number, x: number): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  const slope = steepness(Math.abs(y), Math.abs(x))
  const fromAxis = atan(slope)
  const angle = isNegative(x) && slope < upright ? Math.PI - (fromAxis - piLow) : fromAxis
  return isNegative(y) ? -angle : angle
}

/** y / x of two numbers that are not negative, with the directions that are agreed on where the quotient is none. */
const steepness = (y: number, x: number): number => {
  if (y === 0) return 0
  return y === Number.POSITIVE_INFINITY && x === Number.POSITIVE_INFINITY ? 1 : y / x
}

const isNegative = (value: number): boolean => value < 0 || Object.is(value, -0)
