import type { DeviceFacts } from '../domain/run.ts'
import { openCpu } from './openCpu.ts'
import { openWasm } from './openWasm.ts'
import { openWebgl } from './openWebgl.ts'

/** Where the engine finds the files that it loads itself. */
export interface EngineAssets {
  /** The folder of tfjs's `.wasm` files (ending in a slash), or the address of each by its file name. Node needs neither. */
  readonly wasmUrl?: string | Readonly<Record<string, string>>
}

/** A tfjs backend that is ready to compute, until it is closed or lost. */
export interface OpenBackend {
  readonly facts: DeviceFacts
  /** Bits of the floats that it computes with: some phones have 16. */
  readonly floatBits: 16 | 32
  /** Whether the device has taken its memory back (a lost WebGL context): nothing on it can be read any more. */
  isLost(): boolean
  /** Calls once, when that happens; at once where it already has. Returns what calls it off. */
  onLost(listener: () => void): () => void
  close(): void
}

/** The tfjs backends that the composed executor runs on. */
export type BackendName = DeviceFacts['backend']

/** Opens a backend by name; tfjs has one at a time. Throws `EngineUnavailable` where this device does not have it. */
export const openBackend = async (name: BackendName, assets: EngineAssets = {}): Promise<OpenBackend> => {
  const reason = 'It was asked for by name.'
  switch (name) {
    case 'webgl':
      return openWebgl(reason)
    case 'wasm':
      return openWasm(assets, reason)
    case 'cpu':
      return openCpu(reason)
    default:
      return name satisfies never
  }
}
