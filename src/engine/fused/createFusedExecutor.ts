import type { ExecutorRequest } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { type YieldToMessages, yieldToMessages as yieldByChannel } from '../yieldToMessages.ts'

export interface FusedExecutorOptions {
  readonly gl: WebGL2RenderingContext
  /** Images of a step, so that everything is built at once; left out: built when the first step comes. */
  readonly batchSize?: number
  /** GPU memory that all networks together may take. */
  readonly budgetBytes?: number
  /** Share of the shaders that are compiled, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void
  /** Called between passes. Left out: a turn by MessageChannel. */
  readonly yieldToMessages?: YieldToMessages
}

/**
 * The executor that draws: every launch of a training step is recorded once and replayed, all networks of one shape side by side.
 * Throws `NotEnoughMemory` where they do not fit the budget, and what `whyNotFused` says where this context can't.
 */
export const createFusedExecutor = async (
  _request: ExecutorRequest,
  { yieldToMessages: _yield = yieldByChannel }: FusedExecutorOptions,
): Promise<InspectableExecutor> => {
  throw new Error('The fused executor is being built.')
}
