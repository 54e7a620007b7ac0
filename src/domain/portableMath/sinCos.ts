import { quarterTurnsOf } from './quarterTurns.ts'

/*
 * Sine and cosine that are the same, bit for bit, in every browser, which Math.sin and Math.cos need not be: reduction to ±π/4, then
 * the minimax polynomials of fdlibm (`k_sin.c`, `k_cos.c`). Radians. Within 1 ulp up to ±`largestAngle`, a RangeError beyond it; NaN for
 * what is not finite.
 */

export const sin = (angle: number): number => {
  if (angle <= eighthTurn && angle >= -eighthTurn) return sineNear0(angle, 0)
  const { turns, rest, tail } = quarterTurnsOf(angle)
  // Two's complement makes this the place among four of a negative number too.
  switch (turns & 3) {
    case 0:
      return sineNear0(rest, tail)
    case 1:
      return cosineNear0(rest, tail)
    case 2:
      return -sineNear0(rest, tail)
    default:
      return -cosineNear0(rest, tail)
  }
}

export const cos = (angle: number): number => {
  if (angle <= eighthTurn && angle >= -eighthTurn) return cosineNear0(angle, 0)
  const { turns, rest, tail } = quarterTurnsOf(angle)
  switch (turns & 3) {
    case 0:
      return cosineNear0(rest, tail)
    case 1:
      return -sineNear0(rest, tail)
    case 2:
      return -cosineNear0(rest, tail)
    default:
      return sineNear0(rest, tail)
  }
}

const eighthTurn = Math.PI / 4

/** Below this (2^−27) an angle is its own sine, to half an ulp; and −0 stays −0. */
const ownSine = 1 / 134_217_728

// Coefficients of x³, x⁵, … x¹³: near −1/3!, 1/5!, …
const s3 = -0.16666666666666632
const s5 = 0.00833333333332249
const s7 = -0.0001984126982985795
const s9 = 0.0000027557313707070068
const s11 = -2.5050760253406863e-8
const s13 = 1.58969099521155e-10

/** sin(x + tail) for |x| ≤ π/4: the polynomial of x, and tail · (1 − x²/2) for the rest. */
const sineNear0 = (x: number, tail: number): number => {
  if (x < ownSine && x > -ownSine) return x
  const squared = x * x
  const cubed = squared * x
  const high = s5 + squared * (s7 + squared * (s9 + squared * (s11 + squared * s13)))
  return x - (squared * (0.5 * tail - cubed * high) - tail - cubed * s3)
}

// Coefficients of x⁴, x⁶, … x¹⁴: near 1/4!, −1/6!, …
const c4 = 0.0416666666666666
const c6 = -0.001388888888887411
const c8 = 0.00002480158728947673
const c10 = -2.7557314351390663e-7
const c12 = 2.087572321298175e-9
const c14 = -1.1359647557788195e-11

/** cos(x + tail) for |x| ≤ π/4. What 1 − x²/2 loses when it is rounded is added to the small terms. */
const cosineNear0 = (x: number, tail: number): number => {
  const squared = x * x
  const half = 0.5 * squared
  const leading = 1 - half
  const high =
    squared * (c4 + squared * (c6 + squared * (c8 + squared * (c10 + squared * (c12 + squared * c14)))))
  return leading + (1 - leading - half + (squared * high - x * tail))
}
