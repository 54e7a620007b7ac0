import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import type { BackendChoice } from '../domain/experimentSpec.ts'
import { type OpenBackend, openBackend } from '../engine/backends.ts'
import { createComposedExecutor } from '../engine/createComposedExecutor.ts'
import type { Executor, ExecutorRequest } from '../engine/executor.ts'

/** What an executor's memory depends on, known before anything is made. */
export interface MemoryRequest extends Omit<ExecutorRequest, 'initial'> {
  /** Images a step. */
  readonly batchSize: number
}

/** What trains: one backend at a time, kept open from run to run so that a second one starts at once. */
export interface TrainingDevice {
  /** Throws `EngineUnavailable` where this browser does not have what was chosen. */
  readonly open: (choice: BackendChoice) => Promise<OpenBackend>
  readonly createExecutor: (request: ExecutorRequest, breathe: () => Promise<void>) => Promise<Executor>
  /**
   * Bytes that the executor of these networks will take on what was opened last. Left out, or null, where that is not planned: the
   * composed executor takes its memory as it goes.
   */
  readonly plannedBytes?: (request: MemoryRequest) => number | null
}

const wasmUrl = {
  'tfjs-backend-wasm.wasm': plainUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  // tfjs wants to know all three. The engine runs on one thread, so this one is never fetched.
  'tfjs-backend-wasm-threaded-simd.wasm': simdUrl,
}

export const createTrainingDevice = (): TrainingDevice => {
  let present: { readonly choice: BackendChoice; readonly backend: OpenBackend } | null = null
  return {
    open: async (choice) => {
      if (present?.choice === choice && !present.backend.isLost()) return present.backend
      present?.backend.close()
      present = null
      const backend = await openBackend(choice, { wasmUrl })
      present = { choice, backend }
      return backend
    },
    createExecutor: (request, breathe) => createComposedExecutor(request, { yieldToMessages: breathe }),
  }
}
