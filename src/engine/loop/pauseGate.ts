import { type RunControl, RunStopped } from './runControl.ts'

/** Where long work lets messages in, and where it waits while the run is paused. */
export interface PauseGate {
  /** Handed to the executor, which calls it between networks and between the batches of an evaluation. Throws `RunStopped`. */
  readonly breathe: () => Promise<void>
  /** What `breathe` does besides letting messages in; set by the loop while it evaluates. */
  readonly during: <T>(wait: () => Promise<void>, work: () => Promise<T>) => Promise<T>
}

export const createPauseGate = (control: RunControl, yieldToMessages: () => Promise<void>): PauseGate => {
  let wait: (() => Promise<void>) | null = null
  return {
    breathe: async () => {
      await yieldToMessages()
      if (control.isStopped()) throw new RunStopped()
      await wait?.()
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
