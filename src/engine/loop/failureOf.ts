import type { RunFailure } from '../../domain/run.ts'
import { EngineUnavailable } from '../engineUnavailable.ts'
import { NotEnoughMemory } from '../notEnoughMemory.ts'
import { DeviceLost } from './whileAlive.ts'

/** In the words of the browsers; those of WebAssembly memory that cannot grow among them. */
const outOfMemory =
  /out of memory|allocation failed|array buffer allocation|invalid array length|memory access out of bounds|could not allocate memory|unable to grow|failed to grow|memory size exceeded/i

/** What to tell people about an error that ended a run. `isLost`: whether the device is gone, whatever the error says. */
export const failureOf = (error: unknown, isLost: boolean): RunFailure => {
  const message = error instanceof Error ? error.message : String(error)
  if (isLost || error instanceof DeviceLost)
    return {
      kind: 'context-lost',
      network: null,
      sentence:
        'The browser took the graphics device away, as it does when the device is short of memory or was asleep. The curves so far are kept; press Run to start again.',
    }
  if (error instanceof EngineUnavailable) return { kind: 'unsupported', network: null, sentence: message }
  if (error instanceof NotEnoughMemory || outOfMemory.test(message))
    return {
      kind: 'out-of-memory',
      network: null,
      sentence: `${error instanceof NotEnoughMemory ? message : 'This experiment does not fit into the memory of this device.'} Choose smaller images, a smaller batch, fewer layers or a smaller width, and run again.`,
    }
  return {
    kind: 'internal',
    network: null,
    sentence: `Training stopped because of an error in the lab itself (${message}). Press Run to start again; please report it if it comes back.`,
  }
}
