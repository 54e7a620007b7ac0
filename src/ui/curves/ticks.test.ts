import { describe, expect, it } from 'vitest'
import { epochTicks, errorTicks, niceInterval, stepTicks } from './ticks.ts'

describe('ticks', () => {
  it('takes readable steps', () => {
    expect(stepTicks(300, 7)).toEqual([0, 50, 100, 150, 200, 250, 300])
    expect(stepTicks(400, 4)).toEqual([0, 100, 200, 300, 400])
    expect(stepTicks(2000, 7)).toEqual([0, 500, 1000, 1500, 2000])
    expect(stepTicks(3, 7)).toEqual([0, 1, 2, 3])
    expect(stepTicks(1, 7)).toEqual([0, 1])
  })

  it('never has more than asked for', () => {
    for (const span of [1, 7, 20, 149, 300, 999, 64_000]) {
      expect(span / niceInterval(span, 7)).toBeLessThanOrEqual(7)
      expect(stepTicks(span, 7).length).toBeLessThanOrEqual(8)
    }
  })

  it('puts epochs where they are passed', () => {
    expect(epochTicks(300, 78.125, 7).map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3])
    expect(epochTicks(300, 78.125, 7)[2]?.step).toBe(156.25)
    expect(epochTicks(20, 78.125, 7).map(({ epoch }) => epoch)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25])
  })

  it('ends a log axis at its floor', () => {
    expect(errorTicks('log', 1)[0]).toBe(1)
    expect(errorTicks('log', 0.1)[0]).toBe(0.1)
    expect(errorTicks('linear', 0)).toEqual([0, 25, 50, 75, 100])
  })
})
