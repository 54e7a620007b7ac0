import type { ScheduleFrame } from '../state/labPorts.ts'

/** Two frames of a screen that refreshes sixty times a second: no less can be seen to pass. */
const unhinderedMs = 34
/** After a frame that took long, so many times as long passes without another: drawing leaves the processor to the training. */
const restPerWork = 4
const longestRestMs = 400

export interface FramePorts {
  /** Calls back before the next frame. */
  readonly nextFrame: ScheduleFrame
  readonly later: (callback: () => void, ms: number) => void
  /** Milliseconds that never go back. */
  readonly clock: () => number
}

/**
 * Frames at the pace that the device draws at. Where the processor does what a graphics card would, a chart takes tens of
 * milliseconds to draw, and ten of them a second would take most of a core from the networks.
 */
export const createPacedFrame = ({ nextFrame, later, clock }: FramePorts): ScheduleFrame => {
  let waiting: (() => void)[] = []
  /** Whether something was drawn and its frame, or the rest after it, is not over. */
  let isBusy = false

  const draw = (): void => {
    const callbacks = waiting
    waiting = []
    if (callbacks.length === 0) {
      isBusy = false
      return
    }
    const start = clock()
    for (const callback of callbacks) callback()
    // The frame after the next begins when this one is on the screen.
    nextFrame(() =>
      nextFrame(() => {
        const hinderedMs = Math.max(0, clock() - start - unhinderedMs)
        const restMs = Math.min(longestRestMs, restPerWork * hinderedMs)
        if (restMs > 0) later(() => nextFrame(draw), restMs)
        else draw()
      }),
    )
  }
  return (callback) => {
    waiting.push(callback)
    if (isBusy) return
    isBusy = true
    nextFrame(draw)
  }
}
