import { EngineUnavailable } from './engineUnavailable.ts'
import type { Executor, ExecutorRequest } from './executor.ts'

/** Gives the event loop a turn, so that messages (Pause, a switch) arrive between two pieces of work. */
export type YieldToMessages = () => Promise<void>

export interface ComposedExecutorOptions {
  /** Called between networks and batches. Left out: a MessageChannel's turn. */
  readonly yieldToMessages?: YieldToMessages
}

/** The executor that runs on tfjs's own kernels, on whichever backend `openBackend` opened. */
export const createComposedExecutor = async (
  _request: ExecutorRequest,
  _options: ComposedExecutorOptions = {},
): Promise<Executor> => {
  throw new EngineUnavailable('No engine is here yet.')
}
