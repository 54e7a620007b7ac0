import { type RunControl, RunStopped } from './runControl.ts'

/** Where long work lets messages in, and where an evaluation waits while the run is paused. */
export interface PauseGate {
  /** Handed to the executor, which calls it between networks and between the batches of an evaluation. */
  readonly breathe: () => Promise<void>
  /**
   * While `work` goes on, `breathe` also waits for `wait`, and throws `RunStopped` when the run is stopped. A step is not broken off:
   * it is short, and must be taken by all networks or none.
   */
  readonly during: <T>(wait: () => Promise<void>, work: () => Promise<T>) => Promise<T>
}

export const createPauseGate = (control: RunControl, yieldToMessages: () => Promise<void>): PauseGate => {
  let wait: (() => Promise<void>) | null = null
  return {
    breathe: async () => {
      await yieldToMessages()
      if (wait === null) return
      if (control.isStopped()) throw new RunStopped()
      await wait()
    },
    during: async (waitInside, work) => {
      wait = waitInside
      try {
        return await work()
      } finally {
        wait = null
      }
    },
  }
}
