/** Decides after how many steps measurements are read back: reading waits for the device, so it is not done at each. */
export interface ReadbackPacer {
  /** Time spent on something else than steps (an evaluation, a pause) does not count. */
  readonly restart: () => void
  readonly stepped: () => void
  readonly stepsWaiting: () => number
  readonly isDue: () => boolean
  /** After a readback: learns from the time that the steps before it took. */
  readonly wasRead: () => void
}

const targetMs = 100
const mostSteps = 64

/**
 * About one readback in 100 ms: every step where steps are slow, every few where they are fast. The number at most doubles
 * each time, because the first steps tell little (shaders compile), and because a device that queues work must not run ahead
 * of Pause for long.
 */
export const createReadbackPacer = (clock: () => number): ReadbackPacer => {
  let interval = 1
  let waiting = 0
  let since = clock()
  return {
    restart: () => {
      since = clock()
    },
    stepped: () => {
      waiting += 1
    },
    stepsWaiting: () => waiting,
    isDue: () => waiting >= interval,
    wasRead: () => {
      const now = clock()
      if (waiting > 0) {
        const stepMs = (now - since) / waiting
        const wanted = Math.floor(targetMs / Math.max(stepMs, 1e-3))
        interval = Math.max(1, Math.min(wanted, 2 * interval, mostSteps))
      }
      waiting = 0
      since = now
    },
  }
}
