import { useEffect, useReducer } from 'react'
import { useLab } from './useLab.ts'

/**
 * Draws the component again while points arrive, at most every `everyMs` milliseconds, and at once when a run starts, pauses
 * or ends: a number that people read must not flicker.
 */
export const useSeriesTick = (everyMs: number): number => {
  const { series, runs } = useLab()
  const [tick, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let drawnAt = Number.NEGATIVE_INFINITY
    const draw = () => {
      clearTimeout(timer)
      timer = undefined
      drawnAt = performance.now()
      redraw()
    }
    const hear = () => {
      if (timer !== undefined) return
      timer = setTimeout(draw, Math.max(0, drawnAt + everyMs - performance.now()))
    }
    const stopSeries = series.subscribe(hear)
    const stopRuns = runs.subscribe((now, before) => {
      if (now.run?.status !== before.run?.status || now.run?.id !== before.run?.id) draw()
    })
    return () => {
      clearTimeout(timer)
      stopSeries()
      stopRuns()
    }
  }, [series, runs, everyMs])
  return tick
}
