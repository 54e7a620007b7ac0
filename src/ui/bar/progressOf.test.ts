import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import { type Pace, PaceMeter, preparationWords } from './progressOf.ts'

const { spec } = presetNamed('default')

describe('progress', () => {
  it('says what is being prepared', () => {
    expect(preparationWords({ stage: 'data', fraction: 0.345, bytes: null }, spec)).toBe(
      'Drawing images: 34 %',
    )
    expect(preparationWords({ stage: 'networks', fraction: 0, bytes: null }, spec)).toBe(
      'Building 3 networks',
    )
    expect(preparationWords({ stage: 'networks', fraction: 0.5, bytes: 24_000_000 }, spec)).toBe(
      'Building 3 networks, 24 MB',
    )
    expect(preparationWords({ stage: 'shaders', fraction: 0.5, bytes: null }, spec)).toBe(
      'Compiling shaders: 50 %',
    )
  })
  it('measures the pace of late, leaving out the step that compiles', () => {
    const meter = new PaceMeter()
    expect(meter.read(0, 0)).toBeNull()
    expect(meter.read(1, 5)).toBeNull()
    let pace: Pace | null = null
    for (let second = 6; second <= 20; second++) pace = meter.read(1 + (second - 5) * 2, second)
    expect(pace?.now).toBeCloseTo(2)
    for (let second = 21; second <= 40; second++) pace = meter.read(31 + (second - 20) * 4, second)
    expect(pace?.now).toBeCloseTo(4)
    expect(pace?.average).toBeCloseTo(110 / 35)
  })
  it('begins anew with a new run', () => {
    const meter = new PaceMeter()
    meter.read(1, 1)
    meter.read(100, 10)
    expect(meter.read(1, 0.5)).toBeNull()
    expect(meter.read(11, 1.5)?.average).toBeCloseTo(10)
  })
})
