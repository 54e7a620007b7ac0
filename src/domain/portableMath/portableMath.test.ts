import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atan2 } from './atan2.ts'
import { exp } from './exp.ts'
import { hypot } from './hypot.ts'
import { log } from './log.ts'
import { largestAngle } from './quarterTurns.ts'
import { cos, sin } from './sinCos.ts'

const scratch = new DataView(new ArrayBuffer(8))

/** Where a double stands among all of them, counted from 0; both zeros are 0. */
const placeOf = (value: number): bigint => {
  scratch.setFloat64(0, Math.abs(value))
  const place = scratch.getBigInt64(0)
  return value < 0 ? -place : place
}
/** How many doubles lie from one to the other. */
const ulpsApart = (a: number, b: number): number => Number(placeOf(a) - placeOf(b)) * (a < b ? -1 : 1)

const expectNear = (actual: number, expected: number, ulps: number, of: string): void => {
  if (Number.isNaN(expected)) expect(actual, of).toBeNaN()
  else expect(ulpsApart(actual, expected), `${of}: ${actual} for ${expected}`).toBeLessThanOrEqual(ulps)
}

// Nearest doubles to what arithmetic of 400 bits gives; among the angles are doubles that lie next to multiples of π/2.
const correctlyRounded: readonly (readonly [
  string,
  (x: number) => number,
  readonly (readonly [number, number])[],
])[] = [
  [
    'sin',
    sin,
    [
      [1e-9, 1e-9],
      [0.5, 0.479425538604203],
      [0.785398163397448, 0.7071067811865472],
      [1.0, 0.8414709848078965],
      [2.5, 0.5984721441039565],
      [Math.PI, 1.2246467991473532e-16],
      [-4.0, 0.7568024953079282],
      [22.0, -0.008851309290403876],
      [355.0, -3.014435335948845e-5],
      [-1234.5, -0.14539565052293643],
      [99999.875, 0.16006491617709237],
      [799999.9, -0.37653330338949526],
    ],
  ],
  [
    'cos',
    cos,
    [
      [1e-9, 1.0],
      [0.5, 0.8775825618903728],
      [0.785398163397448, 0.7071067811865478],
      [1.0, 0.5403023058681398],
      [2.5, -0.8011436155469337],
      [1.5707963267948966, 6.123233995736766e-17],
      [-4.0, -0.6536436208636119],
      [22.0, -0.9999608263946371],
      [355.0, -0.999999999545659],
      [-1234.5, -0.989373592132422],
      [99999.875, -0.9871064900046096],
      [799999.9, 0.9264030825934219],
    ],
  ],
  [
    'exp',
    exp,
    [
      [1e-17, 1.0],
      [-0.001, 0.999000499833375],
      [0.3466, 1.4142509118505286],
      [-0.5, 0.6065306597126334],
      [1.0, Math.E],
      [-5.25, 0.005247518399181385],
      [20.0, 485165195.4097903],
      [-100.0, 3.720075976020836e-44],
      [700.5, 1.6721859620674984e304],
      [709.782712893384, 1.7976931348622732e308],
      [-708.5, 2.006132305331306e-308],
      [-740.25, 3.26e-322],
    ],
  ],
  [
    'log',
    log,
    [
      [5e-324, -744.4400719213812],
      [1e-310, -713.8013788281542],
      [1e-5, -11.512925464970229],
      [0.5, -Math.LN2],
      [0.7071067811865475, -0.34657359027997275],
      [0.999999999, -9.999999722180686e-10],
      [1.0000000000000002, 2.2204460492503128e-16],
      [Math.SQRT2, 0.3465735902799727],
      [2.0, Math.LN2],
      [10.0, Math.LN10],
      [123456.789, 11.723646487185881],
      [1.7976931348623157e308, 709.782712893384],
    ],
  ],
]

const angle = fc.double({ min: -largestAngle, max: largestAngle, noNaN: true })
const smallAngle = fc.double({ min: -30, max: 30, noNaN: true })
/** A double near a multiple of π/2, where most of it cancels. */
const cancelled = fc
  .tuple(fc.integer({ min: -500_000, max: 500_000 }), fc.integer({ min: -3, max: 3 }))
  .map(([turns, ulps]) => turns * (Math.PI / 2) * (1 + ulps * Number.EPSILON))
const coordinate = fc.double({ min: -1e100, max: 1e100, noNaN: true })

describe.each(correctlyRounded)('%s', (name, f, pairs) => {
  it.each(pairs)('of %d is %d, give or take the last bit', (x, expected) => {
    expectNear(f(x), expected, 1, name)
  })
})

describe('sin and cos', () => {
  it('are within 2 ulp of what this engine gives', () => {
    fc.assert(
      fc.property(fc.oneof(angle, smallAngle, cancelled), (x) => {
        expectNear(sin(x), Math.sin(x), 2, `sin ${x}`)
        expectNear(cos(x), Math.cos(x), 2, `cos ${x}`)
      }),
      { numRuns: 3000 },
    )
  })

  it('lie on the circle, and are odd and even', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(sin(x) * sin(x) + cos(x) * cos(x)).toBeCloseTo(1, 15)
        expect(sin(-x)).toBe(-sin(x))
        expect(cos(-x)).toBe(cos(x))
      }),
    )
  })

  it('know zeros, what is no angle, and their range', () => {
    expect(sin(0)).toBe(0)
    expect(sin(-0)).toBe(-0)
    expect(sin(5e-324)).toBe(5e-324)
    expect(cos(0)).toBe(1)
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(sin(x)).toBeNaN()
      expect(cos(x)).toBeNaN()
    }
    for (const x of [largestAngle * (1 + Number.EPSILON), -1e300]) {
      expect(() => sin(x)).toThrow(RangeError)
      expect(() => cos(x)).toThrow(RangeError)
    }
  })
})

describe('exp', () => {
  it('is within 2 ulp of what this engine gives, subnormal results included', () => {
    fc.assert(
      fc.property(fc.double({ min: -746, max: 710, noNaN: true }), (x) => {
        expectNear(exp(x), Math.exp(x), 2, `exp ${x}`)
      }),
      { numRuns: 3000 },
    )
  })

  it('ends where no double is left', () => {
    expect(exp(0)).toBe(1)
    expect(exp(-0)).toBe(1)
    expect(exp(Number.NaN)).toBeNaN()
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(-745.1332191019411)).toBe(5e-324)
    expect(exp(-745.1332191019412)).toBe(0)
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0)
  })
})

describe('log', () => {
  it('is within 2 ulp of what this engine gives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }),
          fc.double({ min: 0.5, max: 2, noNaN: true }),
        ),
        (x) => expectNear(log(x), Math.log(x), 2, `log ${x}`),
      ),
      { numRuns: 3000 },
    )
  })

  it('undoes exp', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 700, noNaN: true }), (x) => expectNear(log(exp(x)), x, 3, `${x}`)),
    )
  })

  it('is exact for 1, and knows 0, negative numbers and infinity', () => {
    expect(log(1)).toBe(0)
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(log(-0)).toBe(Number.NEGATIVE_INFINITY)
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    for (const x of [-5e-324, -1, Number.NEGATIVE_INFINITY, Number.NaN]) expect(log(x)).toBeNaN()
  })
})

describe('atan2', () => {
  it.each([
    [1.0, 1.0, 0.7853981633974483],
    [1.0, -1.0, 2.356194490192345],
    [-0.5, 0.75, -0.5880026035475675],
    [3.0, 0.001, 1.570462993473909],
    [1e-9, -2.0, 3.141592653089793],
    [-7.0, -0.1, -1.5850810693822932],
    [0.6, 1.0, 0.5404195002705842],
    [-1.1, 1.0, -0.8329812666744317],
    [2.0, -1.25, 2.129395642138459],
    [1e-300, 1e300, 0.0],
    [1e200, -3.0, 1.5707963267948966],
  ])('of %d and %d is %d, give or take two of the last bits', (y, x, expected) => {
    expectNear(atan2(y, x), expected, 2, 'atan2')
  })

  it('is within 2 ulp of what this engine gives', () => {
    const near = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.oneof(fc.tuple(near, near), fc.tuple(coordinate, coordinate)), ([y, x]) => {
        expectNear(atan2(y, x), Math.atan2(y, x), 2, `atan2 ${y} ${x}`)
      }),
      { numRuns: 3000 },
    )
  })

  it('gives back the angle of a point', () => {
    fc.assert(
      fc.property(fc.double({ min: -3.14, max: 3.14, noNaN: true }), (x) => {
        expect(atan2(sin(x), cos(x))).toBeCloseTo(x, 14)
      }),
    )
  })

  it('takes zeros by their signs and infinities by their directions', () => {
    const special = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]
    for (const y of special)
      for (const x of special) expect(atan2(y, x), `atan2 ${y} ${x}`).toBe(Math.atan2(y, x))
  })
})

describe('hypot', () => {
  it.each([
    [3.0, 4.0, 5.0],
    [1.0, 1.0, Math.SQRT2],
    [-0.1, 0.7, 0.7071067811865475],
    [1e-100, 2e-100, 2.2360679774997898e-100],
    [5.5, -1e120, 1e120],
  ])('of %d and %d is %d, give or take the last bit', (x, y, expected) => {
    expectNear(hypot(x, y), expected, 1, 'hypot')
  })
})

it('gives the same bits in every engine', () => {
  // 32-bit FNV-1a over the bytes, big-endian, of 2000 values of each.
  let hash = 0x811c9dc5
  const take = (value: number): void => {
    scratch.setFloat64(0, value)
    for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ scratch.getUint8(i), 0x01000193)
  }
  for (let i = 0; i < 2000; i++) {
    const x = (i - 1000) / 37
    for (const value of [sin(x), cos(x), exp(x), log(i / 37), atan2(x, 5), hypot(x, 5)]) take(value)
  }
  expect((hash >>> 0).toString(16)).toBe('6ba6a1cb')
})
