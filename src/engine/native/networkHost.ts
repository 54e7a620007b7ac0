import { type YieldToMessages, yieldToMessages as yieldByChannel } from '../yieldToMessages.ts'
import type { NativeNetwork } from './nativeNetwork.ts'

/** What can be asked of a network. */
export type NetworkVerb =
  | 'step'
  | 'differentiate'
  | 'observe'
  | 'batchStatistics'
  | 'infer'
  | 'readState'
  | 'writeState'
  | 'dispose'

/**
 * A `NativeNetwork`, wherever it computes. What is asked is done in the order in which it was asked, one after the other, without
 * waiting for answers; an error is that of its call alone. What is handed over must not be changed afterwards.
 */
export type NetworkHost = {
  readonly [Verb in NetworkVerb]: (
    ...args: Parameters<NativeNetwork[Verb]>
  ) => Promise<ReturnType<NativeNetwork[Verb]>>
} & {
  /** WebAssembly memory of the network after its last answer. */
  readonly memoryBytes: () => number
}

/**
 * A network that computes in this thread. Messages are let in before each call, so a network of many milliseconds a step does not
 * keep Pause waiting for all others.
 */
export const hostHere = (
  network: NativeNetwork,
  yieldToMessages: YieldToMessages = yieldByChannel,
): NetworkHost => {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => T): Promise<T> => {
    const done = last.then(yieldToMessages).then(work)
    last = done.catch(() => {})
    return done
  }
  return {
    step: (...args) => inTurn(() => network.step(...args)),
    differentiate: (...args) => inTurn(() => network.differentiate(...args)),
    observe: (...args) => inTurn(() => network.observe(...args)),
    batchStatistics: (...args) => inTurn(() => network.batchStatistics(...args)),
    infer: (...args) => inTurn(() => network.infer(...args)),
    readState: () => inTurn(() => network.readState()),
    writeState: (...args) => inTurn(() => network.writeState(...args)),
    dispose: () => inTurn(() => network.dispose()),
    memoryBytes: () => network.memoryBytes(),
  }
}
