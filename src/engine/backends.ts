import { enableProdMode } from '@tensorflow/tfjs-core'
import type { BackendChoice } from '../domain/experimentSpec.ts'
import type { DeviceFacts } from '../domain/run.ts'
import { EngineUnavailable } from './engineUnavailable.ts'
import { hasWebAssembly } from './hasWebAssembly.ts'
import { openCpu } from './openCpu.ts'
import { openWasm } from './openWasm.ts'
import { openWebgl } from './openWebgl.ts'
import { probeWebgl } from './probeWebgl.ts'
import { isSoftwareRenderer } from './softwareRenderer.ts'

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
  /** Calls once, when that happens; at once where it already has. Returns what calls it off. */
  onLost(listener: () => void): () => void
  close(): void
}

/**
 * Opens what trains the networks; tfjs has one backend at a time. `auto` takes WebGL where a GPU is behind it, else WebAssembly,
 * else plain JavaScript; a forced choice that this device does not have throws `EngineUnavailable`.
 */
export const openBackend = async (choice: BackendChoice, assets: EngineAssets = {}): Promise<OpenBackend> => {
  // Else tfjs advertises its Node backend on the console.
  enableProdMode()
  const chosen = 'It was chosen in the setup.'
  switch (choice) {
    case 'auto':
      return openFastest(assets)
    case 'webgl': {
      const probe = probeWebgl()
      if (probe?.writesFloats !== true)
        throw new EngineUnavailable(
          'This browser has no WebGL 2 that can compute. Choose WebAssembly or automatic as the engine.',
        )
      return openWebgl(probe, chosen)
    }
    case 'wasm':
      if (!hasWebAssembly())
        throw new EngineUnavailable(
          'This browser has no WebAssembly. Choose plain JavaScript or automatic as the engine.',
        )
      return openWasm(assets, chosen)
    case 'cpu':
      return openCpu(chosen)
    default:
      return choice satisfies never
  }
}

const openFastest = async (assets: EngineAssets): Promise<OpenBackend> => {
  const probe = probeWebgl()
  let why = 'There is no WebGL 2 here'
  if (probe?.writesFloats === true) {
    if (isSoftwareRenderer(probe.renderer)) why = `WebGL runs on the processor here (${probe.renderer})`
    else {
      const opened = await openWebgl(probe, 'WebGL runs on a GPU here.').catch(() => null)
      if (opened?.floatBits === 32) return opened
      why =
        opened === null
          ? 'WebGL could not be opened here'
          : 'WebGL has only 16-bit floats here, too coarse to train by'
      opened?.close()
    }
  }
  if (hasWebAssembly()) {
    const opened = await openWasm(assets, `${why}, so WebAssembly trains.`).catch(() => null)
    if (opened !== null) return opened
    return openCpu(`${why} and WebAssembly could not be loaded, so plain JavaScript trains, slowly.`)
  }
  return openCpu(`${why} and no WebAssembly, so plain JavaScript trains, slowly.`)
}
