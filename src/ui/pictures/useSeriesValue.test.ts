import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StepPoint } from '../../domain/run.ts'
import { createCalmSteps } from './useCalmSteps.ts'
import { throttledSubscribe } from './useSeriesValue.ts'

const fakeSeries = () => {
  const listeners = new Set<() => void>()
  const points: StepPoint[] = []
  return {
    listeners,
    points,
    steps: () => points,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: () => {
      points.push({ step: points.length + 1, trainingErrors: [], losses: [] })
      for (const listener of [...listeners]) listener()
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('throttledSubscribe', () => {
  it('calls at once, then at most once an interval, and never loses the last change', () => {
    const series = fakeSeries()
    const listener = vi.fn()
    const stop = throttledSubscribe(series, 100, listener)
    series.add()
    expect(listener).toHaveBeenCalledTimes(1)
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(10)
      series.add()
    }
    expect(listener.mock.calls.length).toBeLessThanOrEqual(3)
    vi.advanceTimersByTime(200)
    const calls = listener.mock.calls.length
    expect(calls).toBeGreaterThanOrEqual(3)
    vi.advanceTimersByTime(1000)
    expect(listener).toHaveBeenCalledTimes(calls)
    series.add()
    stop()
    vi.advanceTimersByTime(1000)
    expect(listener).toHaveBeenCalledTimes(calls + 1)
    expect(series.listeners.size).toBe(0)
  })
})

describe('createCalmSteps', () => {
  it('tells all listeners the same count, moves slowly and follows a reset', () => {
    const series = fakeSeries()
    const calm = createCalmSteps(series, 1000)
    const stops = [calm.subscribe(() => {}), calm.subscribe(() => {})]
    expect(series.listeners.size).toBe(1)
    series.add()
    expect(calm.count()).toBe(1)
    series.add()
    series.add()
    expect(calm.count()).toBe(1)
    vi.advanceTimersByTime(1000)
    expect(calm.count()).toBe(3)
    series.points.length = 0
    expect(calm.count()).toBe(0)
    for (const stop of stops) stop()
    expect(series.listeners.size).toBe(0)
  })
})
