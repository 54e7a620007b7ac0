import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import { PaceMeter, preparationWords } from './progressOf.ts'

const { spec } = presetNamed('default')

describe('progress', () => {
  it('says what is being prepared', () => {
    expect(preparationWords('data', 0.345, spec)).toBe('Drawing images: 34 %')
    expect(preparationWords('networks', 0, spec)).toBe('Building 3 networks')
  })
  it('measures the pace of late, forgetting a slow start', () => {
    const meter = new PaceMeter()
    expect(meter.read(0, 0)).toBeNull()
    expect(meter.read(1, 5)).toBeCloseTo(0.2)
    let pace: number | null = null
    for (let second = 6; second <= 20; second++) pace = meter.read(1 + (second - 5) * 4, second)
    expect(pace).toBeCloseTo(4)
  })
  it('begins anew with a new run', () => {
    const meter = new PaceMeter()
    meter.read(0, 0)
    meter.read(100, 10)
    expect(meter.read(1, 0.5)).toBeNull()
    expect(meter.read(11, 1.5)).toBeCloseTo(10)
  })
})
