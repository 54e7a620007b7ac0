import { useSyncExternalStore } from 'react'
import type { SeriesStore } from '../../state/lab.ts'
import { throttledSubscribe } from './useSeriesValue.ts'

/** Slow enough to be read aloud in front of a class. */
const calmIntervalMs = 1000

export interface CalmSteps {
  readonly subscribe: (listener: () => void) => () => void
  readonly count: () => number
}

/** How many of the steps the numbers of the page speak of: all of them hear at the same moments, so that they agree. */
export const createCalmSteps = (
  series: Pick<SeriesStore, 'subscribe' | 'steps'>,
  intervalMs: number,
): CalmSteps => {
  const listeners = new Set<() => void>()
  let stop: (() => void) | null = null
  let count = 0
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      stop ??= throttledSubscribe(series, intervalMs, () => {
        count = series.steps().length
        for (const one of [...listeners]) one()
      })
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = null
      }
    },
    count: () => {
      const all = series.steps().length
      // Nobody listened, or a new run began: what was held back is of no use.
      if (stop === null || count > all || count === 0) count = all
      return count
    },
  }
}

const shared = new WeakMap<SeriesStore, CalmSteps>()

/** Number of steps, from the first, that every number on the page is taken from; moves once a second. */
export const useCalmSteps = (series: SeriesStore): number => {
  let calm = shared.get(series)
  if (calm === undefined) {
    calm = createCalmSteps(series, calmIntervalMs)
    shared.set(series, calm)
  }
  return useSyncExternalStore(calm.subscribe, calm.count)
}
