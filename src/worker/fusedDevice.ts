import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import { createFusedExecutor } from '../engine/fused/createFusedExecutor.ts'
import { fusedLimitsOf, plannedFusedBytes } from '../engine/fused/fusedSupport.ts'
import { refuseAboveBudget } from '../engine/fused/refuseAboveBudget.ts'
import type { WebglContext } from '../engine/openWebglContext.ts'
import { fusedBudgetBytes, machineSizeHere } from './fusedBudget.ts'
import type { DeviceRequest, OpenDevice } from './trainingDevice.ts'

/** The fused executor's code; tests put theirs in its place. */
export interface FusedCode {
  readonly createFusedExecutor: typeof createFusedExecutor
  readonly fusedLimitsOf: typeof fusedLimitsOf
  readonly plannedFusedBytes: typeof plannedFusedBytes
}

export interface FusedDeviceOptions {
  /** Why WebGL trains, a sentence. */
  readonly reason: string
  /** Graphics memory that all networks together may take. */
  readonly budgetBytes?: number
  readonly code?: FusedCode
}

/**
 * A WebGL context, as what trains an experiment by the lab's own shaders. Nothing is built before the executor is asked for. Throws
 * `EngineUnavailable` where the context can't, and `NotEnoughMemory` where the networks do not fit.
 */
export const fusedDevice = (
  context: WebglContext,
  { plans, batchSize }: Pick<DeviceRequest, 'plans' | 'batchSize'>,
  {
    reason,
    budgetBytes = fusedBudgetBytes(machineSizeHere()),
    code = { createFusedExecutor, fusedLimitsOf, plannedFusedBytes },
  }: FusedDeviceOptions,
): OpenDevice => {
  const limits = code.fusedLimitsOf(context.gl)
  if (typeof limits === 'string') throw new EngineUnavailable(limits)
  const bytes = code.plannedFusedBytes(plans, batchSize, limits)
  refuseAboveBudget(bytes, budgetBytes)
  return {
    plannedBytes: bytes,
    isLost: context.isLost,
    onLost: context.onLost,
    createExecutor: async (request, breathe, onProgress) => ({
      executor: await code.createFusedExecutor(request, {
        gl: context.gl,
        batchSize,
        budgetBytes,
        onProgress,
        yieldToMessages: breathe,
      }),
      facts: {
        executor: 'fused',
        backend: 'webgl',
        device: context.renderer,
        reason,
        reproducible: false,
        threads: 1,
      },
    }),
  }
}
