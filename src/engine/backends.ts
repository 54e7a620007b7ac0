import type { BackendChoice } from '../domain/experimentSpec.ts'
import type { DeviceFacts } from '../domain/run.ts'
import { EngineUnavailable } from './engineUnavailable.ts'

/** Where the engine finds the files that it loads itself. */
export interface EngineAssets {
  /** The folder of tfjs's `.wasm` files (ending in a slash), or the address of each by its file name. Node needs neither. */
  readonly wasmUrl?: string | Readonly<Record<string, string>>
}

/** A tfjs backend that is ready to compute, until it is closed or lost. */
export interface OpenBackend {
  readonly facts: DeviceFacts
  /** Whether the device has taken its memory back (a lost WebGL context): nothing on it can be read any more. */
  isLost(): boolean
  /** Called once, when that happens; at once where it already has. */
  onLost(listener: () => void): void
  close(): void
}

/**
 * Opens what trains the networks. `auto` takes WebGL where a GPU is behind it, else WebAssembly, else plain JavaScript; a
 * forced choice that this device does not have throws `EngineUnavailable`.
 */
export const openBackend = async (
  _choice: BackendChoice,
  _assets: EngineAssets = {},
): Promise<OpenBackend> => {
  throw new EngineUnavailable('No engine is here yet.')
}
