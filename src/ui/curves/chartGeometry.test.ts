import { describe, expect, it } from 'vitest'
import { axisFloor, chartGeometry, xOfStep, yOfError } from './chartGeometry.ts'
import { linePath } from './linePath.ts'

const size = { width: 1000, height: 400, scale: 1, tinyText: 11 }

describe('chartGeometry', () => {
  it('maps the axes to the plot', () => {
    const geometry = chartGeometry(size, 300, 'linear', 0, 11)
    expect(xOfStep(geometry, 0)).toBe(geometry.left)
    expect(xOfStep(geometry, 300)).toBe(geometry.right)
    expect(yOfError(geometry, 0)).toBe(geometry.bottom)
    expect(yOfError(geometry, 100)).toBe(geometry.top)
    expect(yOfError(geometry, 50)).toBeCloseTo((geometry.top + geometry.bottom) / 2)
  })

  it('spreads decades equally on a log axis and keeps 0 on the floor', () => {
    const geometry = chartGeometry(size, 300, 'log', 1, 11)
    expect(yOfError(geometry, 10)).toBeCloseTo((geometry.top + geometry.bottom) / 2)
    expect(yOfError(geometry, 0)).toBe(geometry.bottom)
  })

  it('lowers the floor only where a curve went below 1', () => {
    expect(axisFloor(3)).toBe(1)
    expect(axisFloor(0.4)).toBeCloseTo(0.1)
  })

  it('keeps room for long names, within bounds', () => {
    const room = (letters: number) => 1000 - chartGeometry(size, 300, 'linear', 0, letters).right
    expect(room('residual-32'.length)).toBe(132)
    expect(room('residual-164-bottleneck-preact'.length)).toBeGreaterThan(220)
    expect(room(200)).toBeLessThanOrEqual(300)
  })

  it('gives a narrow chart its whole width', () => {
    const narrow = chartGeometry({ ...size, width: 362 }, 300, 'linear', 0, 11)
    expect(narrow.isNarrow).toBe(true)
    expect(narrow.right).toBeGreaterThan(340)
  })
})

describe('linePath', () => {
  const geometry = chartGeometry(size, 4000, 'linear', 0, 11)

  it('has few points however many steps, and keeps the extremes', () => {
    const errors = Array.from({ length: 4000 }, (_, index) => (index === 1234 ? 3 : 60 + (index % 7)))
    const path = linePath(geometry, errors)
    expect(path.split('L').length).toBeLessThan(2 * (geometry.right - geometry.left))
    expect(path).toContain(yOfError(geometry, 3).toFixed(1))
  })

  it('leaves out what is no number', () => {
    expect(linePath(geometry, [Number.NaN, 50, Number.NaN, 40])).toMatch(/^M[\d. ]+L[\d. ]+$/)
    expect(linePath(geometry, [])).toBe('')
  })
})
