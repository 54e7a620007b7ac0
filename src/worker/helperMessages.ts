import type { HelperWork } from '../engine/native/createNativeNetwork.ts'

/** Said once to a helper thread: what to help with, until it is stopped. */
export type HelperCommand = HelperWork

/** Said once by a helper thread, right before it begins: it hears no message from then on. */
export interface HelperReady {
  readonly type: 'ready'
}
