import { RunStopped } from '../engine/loop/runControl.ts'
import type { OpenDevice } from './trainingDevice.ts'
import { whyNot } from './whyNot.ts'

/**
 * A device, and what trains instead where its executor cannot be made. A run that was stopped meanwhile and a device that was lost need
 * no other: their errors are passed on.
 * @param openOther is told why, in sentences; closes what the first held
 */
export const deviceWithFallback = (
  first: OpenDevice,
  openOther: (why: string) => Promise<OpenDevice>,
): OpenDevice => {
  /** Null while one gives way to the other: what is closed on purpose is not lost. */
  let current: OpenDevice | null = first
  /** Those who want to hear of a loss, with what calls them off at the present device. */
  const listeners = new Map<() => void, () => void>()
  const none = (): void => {}

  const changeOver = async (why: string): Promise<OpenDevice> => {
    for (const [listener, callOff] of listeners) {
      callOff()
      listeners.set(listener, none)
    }
    current = null
    const other = await openOther(why)
    current = other
    for (const listener of listeners.keys()) listeners.set(listener, other.onLost(listener))
    return other
  }

  return {
    plannedBytes: first.plannedBytes,
    isLost: () => current?.isLost() ?? false,
    onLost: (listener) => {
      listeners.set(listener, current?.onLost(listener) ?? none)
      return () => {
        listeners.get(listener)?.()
        listeners.delete(listener)
      }
    },
    createExecutor: async (...args) => {
      try {
        return await first.createExecutor(...args)
      } catch (error) {
        if (error instanceof RunStopped || first.isLost()) throw error
        const other = await changeOver(whyNot(error))
        return other.createExecutor(...args)
      }
    },
  }
}
