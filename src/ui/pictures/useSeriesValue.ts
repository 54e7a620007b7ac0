import { useCallback, useSyncExternalStore } from 'react'
import type { SeriesStore } from '../../state/lab.ts'

/** A fade moves at this rate on the screen. */
export const strengthIntervalMs = 120

type Value = string | number | boolean | null

/**
 * A plain value read from the present run's points, at most once in `intervalMs`; the component is rendered again only when the
 * value differs, so a text that is rounded costs nothing while it stands.
 */
export const useSeriesValue = <T extends Value>(
  series: SeriesStore,
  intervalMs: number,
  read: (series: SeriesStore) => T,
): T => {
  const subscribe = useCallback(
    (listener: () => void) => throttledSubscribe(series, intervalMs, listener),
    [series, intervalMs],
  )
  return useSyncExternalStore(subscribe, () => read(series))
}

/** Calls at once where it was quiet for `intervalMs`, else when that has passed: the last change is never lost. */
export const throttledSubscribe = (
  series: Pick<SeriesStore, 'subscribe'>,
  intervalMs: number,
  listener: () => void,
): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = Number.NEGATIVE_INFINITY
  const call = () => {
    timer = null
    last = performance.now()
    listener()
  }
  const unsubscribe = series.subscribe(() => {
    if (timer !== null) return
    const wait = last + intervalMs - performance.now()
    if (wait <= 0) call()
    else timer = setTimeout(call, wait)
  })
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
  }
}
