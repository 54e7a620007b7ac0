import type { DeviceMemory, EvaluationPoint, StepPoint } from '../domain/run.ts'
import type { SeriesStore } from './lab.ts'
import type { ScheduleFrame } from './labPorts.ts'

export interface NewPoints {
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  readonly seconds: number
  readonly memory: DeviceMemory
}

export interface WritableSeriesStore extends SeriesStore {
  readonly append: (points: NewPoints) => void
  readonly setSeconds: (seconds: number) => void
  /** Begins anew; arrays that were handed out keep what they hold. */
  readonly clear: () => void
}

/** Points arrive faster than anything should be drawn: they are appended in place, and listeners hear once a frame. */
export const createSeriesStore = (scheduleFrame: ScheduleFrame): WritableSeriesStore => {
  let steps: StepPoint[] = []
  let evaluations: EvaluationPoint[] = []
  let seconds = 0
  let memory: DeviceMemory | null = null
  let version = 0
  let isScheduled = false
  const listeners = new Set<() => void>()

  const changed = (): void => {
    version += 1
    if (isScheduled) return
    isScheduled = true
    scheduleFrame(() => {
      isScheduled = false
      for (const listener of [...listeners]) listener()
    })
  }

  return {
    version: () => version,
    steps: () => steps,
    evaluations: () => evaluations,
    seconds: () => seconds,
    memory: () => memory,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    append: (points) => {
      for (const point of points.steps) steps.push(point)
      for (const point of points.evaluations) evaluations.push(point)
      seconds = points.seconds
      memory = points.memory
      changed()
    },
    setSeconds: (value) => {
      seconds = value
      changed()
    },
    clear: () => {
      steps = []
      evaluations = []
      seconds = 0
      memory = null
      changed()
    },
  }
}
