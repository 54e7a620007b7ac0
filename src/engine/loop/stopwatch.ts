/** Time that has run, pauses excluded. */
export interface Stopwatch {
  readonly seconds: () => number
  readonly pause: () => void
  readonly resume: () => void
}

/** Runs from the start. `clock` in milliseconds. */
export const startStopwatch = (clock: () => number): Stopwatch => {
  let elapsedMs = 0
  let since: number | null = clock()
  return {
    seconds: () => (elapsedMs + (since === null ? 0 : clock() - since)) / 1000,
    pause: () => {
      if (since !== null) elapsedMs += clock() - since
      since = null
    },
    resume: () => {
      since ??= clock()
    },
  }
}
