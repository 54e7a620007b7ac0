import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { drawPalette, hsvToRgb, luminance, luminanceGap } from './colours.ts'
import { digitBox, digitSegments, numbersPerSegment, squaredDistance } from './digitStrokes.ts'
import { attractorMoments, createIteratedFunctionSystems } from './iteratedFunctions.ts'
import { createPlaneWave, planeWaveAt, setPlaneWave } from './planeWave.ts'
import { signedDistances } from './signedDistances.ts'

describe('colours', () => {
  it('converts the corners of the colour wheel', () => {
    expect(hsvToRgb(0, 1, 1)).toEqual([1, 0, 0])
    expect(hsvToRgb(1 / 3, 1, 1).map((c) => Math.round(c * 1e9) / 1e9)).toEqual([0, 1, 0])
    expect(hsvToRgb(2 / 3, 1, 0.5).map((c) => Math.round(c * 1e9) / 1e9)).toEqual([0, 0, 0.5])
    expect(hsvToRgb(0.4, 0, 0.7)).toEqual([0.7, 0.7, 0.7])
  })

  it('keeps the figure darker or lighter than everything the background mixes', () => {
    for (let i = 0; i < 500; i++) {
      const { figure, backgrounds } = drawPalette(randomStream(i, 'palette'))
      const gaps = backgrounds.map((background) => luminance(figure) - luminance(background))
      expect(Math.min(...gaps.map(Math.abs))).toBeGreaterThanOrEqual(luminanceGap)
      expect(Math.sign(gaps[0] as number)).toBe(Math.sign(gaps[1] as number))
    }
  })
})

describe('planeWave', () => {
  it('is the sine of a plane', () => {
    const positions = Float64Array.of(-0.9, -0.1, 0.3, 0.8)
    const wave = createPlaneWave(4)
    const angle = fc.double({ min: -20, max: 20, noNaN: true })
    fc.assert(
      fc.property(angle, angle, angle, (kx, ky, phase) => {
        setPlaneWave(wave, positions, kx, ky, phase)
        for (let row = 0; row < 4; row++) {
          for (let column = 0; column < 4; column++) {
            const expected = Math.sin(
              kx * (positions[column] as number) + ky * (positions[row] as number) + phase,
            )
            expect(planeWaveAt(wave, row, column)).toBeCloseTo(expected, 10)
          }
        }
      }),
    )
  })
})

describe('digitStrokes', () => {
  it('stays inside its box', () => {
    for (const segments of digitSegments) {
      for (let i = 0; i < segments.length; i += numbersPerSegment) {
        const [x = 0, y = 0, alongX = 0, alongY = 0] = segments.subarray(i)
        for (const end of [x, x + alongX]) expect(Math.abs(end)).toBeLessThanOrEqual(digitBox.halfWidth)
        for (const end of [y, y + alongY]) expect(Math.abs(end)).toBeLessThanOrEqual(digitBox.halfHeight)
      }
    }
  })

  it('measures the distance to the nearest stroke', () => {
    const seven = digitSegments[7] as Float64Array
    expect(Math.sqrt(squaredDistance(seven, 0, -1.85))).toBeCloseTo(1, 10)
    expect(Math.sqrt(squaredDistance(seven, -0.1, 1.35))).toBeCloseTo(0.5, 10)
    expect(squaredDistance(seven, 0.2, -0.85)).toBeCloseTo(0, 20)
  })
})

describe('createIteratedFunctionSystems', () => {
  const iteratedFunctionSystems = createIteratedFunctionSystems()

  it('puts every attractor in the middle at radius 0.6, with weights that sum to 1', () => {
    expect(iteratedFunctionSystems).toHaveLength(10)
    for (const maps of iteratedFunctionSystems) {
      const { x, y, radius } = attractorMoments(maps)
      expect(x).toBeCloseTo(0, 6)
      expect(y).toBeCloseTo(0, 6)
      expect(radius).toBeCloseTo(0.6, 6)
      expect(maps.reduce((sum, map) => sum + map[6], 0)).toBeCloseTo(1, 12)
    }
  })

  it('has the moments that the chaos game finds', () => {
    const stream = randomStream(1, 'chaos game')
    for (const maps of iteratedFunctionSystems) {
      let [x, y, sumX, sumY, sumSquares] = [0, 0, 0, 0, 0]
      const points = 20_000
      for (let i = -100; i < points; i++) {
        let choice = stream.uniform()
        const chosen = maps.find(([, , , , , , weight]) => {
          choice -= weight
          return choice < 0
        })
        const [a, b, c, d, e, f] = chosen ?? (maps[0] as (typeof maps)[0])
        ;[x, y] = [a * x + b * y + e, c * x + d * y + f]
        if (i < 0) continue
        sumX += x
        sumY += y
        sumSquares += x * x + y * y
      }
      expect(Math.abs(sumX / points)).toBeLessThan(0.05)
      expect(Math.abs(sumY / points)).toBeLessThan(0.05)
      expect(Math.sqrt(sumSquares / points)).toBeCloseTo(0.6, 1)
    }
  })
})

describe('signedDistances', () => {
  const at = (label: number, x: number, y: number): boolean => (signedDistances[label]?.(x, y) ?? 1) < 0

  it('knows inside from outside', () => {
    expect(signedDistances).toHaveLength(10)
    for (let label = 0; label < 10; label++) expect(at(label, 1.2, -1.2)).toBe(false)
    expect([at(0, 0, 0), at(0, 0.8, 0.8)]).toEqual([true, false])
    expect([at(1, 0, 0), at(1, 0.68, 0)]).toEqual([false, true])
    expect([at(2, 0.7, 0.7), at(2, 0.8, 0)]).toEqual([true, false])
    expect([at(3, 0, -0.95), at(3, 0, 0.55), at(3, 0.8, 0.45)]).toEqual([true, false, true])
    expect([at(4, 0, -0.95), at(4, 0, 0.7), at(4, 0, 0)]).toEqual([true, false, true])
    expect([at(5, 0.9, 0), at(5, 0.5, 0.5)]).toEqual([true, false])
    expect([at(6, -0.5, 0), at(6, 0.3, 0)]).toEqual([true, false])
    expect([at(7, 0, 0.6), at(7, 0.5, -0.3), at(7, 0, -0.6)]).toEqual([true, true, false])
    expect([at(8, 0, 0), at(8, 0, -0.5)]).toEqual([true, false])
    expect([at(9, -0.5, -0.5), at(9, 0.5, 0.6), at(9, 0.5, -0.5)]).toEqual([true, true, false])
  })
})
