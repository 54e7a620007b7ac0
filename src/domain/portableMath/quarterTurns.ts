/** An angle as a whole number of quarter turns and the rest. */
export interface QuarterTurns {
  readonly turns: number
  /** At most about π/4 from 0. */
  readonly rest: number
  /** What `rest` had to leave out to be a double: the sum of both is the rest to far more bits. */
  readonly tail: number
}

/** Radians. Up to here the products of `quarterTurnsOf` are exact: it is less than 2^19 quarter turns. */
export const largestAngle = 800_000

const quarterTurnsPerRadian = 0.6366197723675814

// π/2 in three parts of 33 bits each, each with what is left after it. Times a whole number below 2^20, a part is exact.
const part1 = 1.5707963267341256
const left1 = 6.077100506506192e-11
const part2 = 6.077100506303966e-11
const left2 = 2.0222662487959506e-21
const part3 = 2.0222662487111665e-21
const left3 = 8.4784276603689e-32

// Where the rest is smaller than this share of the angle, so many bits cancelled that the next part is needed.
const cancelled16Bits = 1 / 65_536
const cancelled49Bits = 1 / 562_949_953_421_312

/**
 * Cody and Waite's reduction, as in fdlibm (`e_rem_pio2.c`). NaN for what is not finite; throws a RangeError beyond `largestAngle`,
 * where it would no longer be accurate: no angle of the lab is that large, so one that is comes from a mistake.
 */
export const quarterTurnsOf = (angle: number): QuarterTurns => {
  if (!Number.isFinite(angle)) return { turns: 0, rest: Number.NaN, tail: Number.NaN }
  const size = Math.abs(angle)
  if (size > largestAngle) throw new RangeError(`${angle} radians are beyond ±${largestAngle}.`)
  const turns = Math.round(angle * quarterTurnsPerRadian)
  let long = angle - turns * part1
  let correction = turns * left1
  if (Math.abs(long - correction) < size * cancelled16Bits) {
    const before = long
    long = before - turns * part2
    correction = turns * left2 - (before - long - turns * part2)
    if (Math.abs(long - correction) < size * cancelled49Bits) {
      const between = long
      long = between - turns * part3
      correction = turns * left3 - (between - long - turns * part3)
    }
  }
  const rest = long - correction
  return { turns, rest, tail: long - rest - correction }
}
