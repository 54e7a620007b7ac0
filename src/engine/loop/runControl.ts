import type { LiveIntervention } from '../../domain/interventions.ts'

/** Thrown out of work that was under way when the run was stopped. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped'
}

/** What a run is told from outside, and what its loop asks between two steps. */
export interface RunControl {
  readonly pause: () => void
  readonly resume: () => void
  /** One more step, then pause. Asked several times, so many steps. */
  readonly step: () => void
  readonly stop: () => void
  readonly change: (change: LiveIntervention) => void

  readonly isStopped: () => boolean
  /** Whether it is paused, single steps asked for or not. */
  readonly isPaused: () => boolean
  /** Whether no step may be trained now. */
  readonly isHeld: () => boolean
  /** Uses up one of the single steps, if it is paused. */
  readonly claimStep: () => void
  /** The live changes since the last call, oldest first. */
  readonly takeChanges: () => readonly LiveIntervention[]
  /** Settles when something is told next. */
  readonly nextCommand: () => Promise<void>
}

export const createRunControl = (startPaused: boolean): RunControl => {
  let paused = startPaused
  let stopped = false
  let singleSteps = 0
  let changes: LiveIntervention[] = []
  let waiting: (() => void)[] = []

  const told = (): void => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
  }

  return {
    pause: () => {
      paused = true
      singleSteps = 0
      told()
    },
    resume: () => {
      paused = false
      singleSteps = 0
      told()
    },
    step: () => {
      paused = true
      singleSteps += 1
      told()
    },
    stop: () => {
      stopped = true
      told()
    },
    change: (change) => {
      changes.push(change)
      told()
    },
    isStopped: () => stopped,
    isPaused: () => paused,
    isHeld: () => paused && singleSteps === 0,
    claimStep: () => {
      singleSteps = Math.max(0, singleSteps - 1)
    },
    takeChanges: () => {
      const taken = changes
      changes = []
      return taken
    },
    nextCommand: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
  }
}
