import { enableProdMode, env, setBackend } from '@tensorflow/tfjs-core'
import type { EngineAssets, OpenBackend } from './backends.ts'
import { EngineUnavailable } from './engineUnavailable.ts'
import { registerWasmConvGradients } from './registerWasmConvGradients.ts'

/** Opens tfjs's WebAssembly backend on one thread, with the convolution gradients that it lacks. */
export const openWasm = async ({ wasmUrl }: EngineAssets, reason: string): Promise<OpenBackend> => {
  enableProdMode()
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // Its threads start from a blob of its own source, which a minifier breaks: it then hangs on a cross-origin-isolated page.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (wasmUrl !== undefined && !isWasmAddressed) {
    setWasmPaths(typeof wasmUrl === 'string' ? wasmUrl : { ...wasmUrl })
    isWasmAddressed = true
  }
  const opened = await setBackend('wasm').catch(() => false)
  if (!opened)
    throw new EngineUnavailable(
      'The WebAssembly engine could not be loaded. Reload the page, or choose another engine.',
    )
  registerWasmConvGradients()
  const cores = typeof navigator === 'undefined' ? undefined : navigator.hardwareConcurrency
  const simd = (await hasWasmSimd()) ? 'WebAssembly SIMD' : 'WebAssembly'
  return {
    floatBits: 32,
    facts: {
      executor: 'composed',
      backend: 'wasm',
      device: cores === undefined ? simd : `${cores} cores, ${simd}`,
      reason,
      reproducible: false,
      threads: 1,
    },
    isLost: () => false,
    onLost: () => () => {},
    close: () => {},
  }
}

/** tfjs takes the addresses once, before it loads. */
let isWasmAddressed = false

/** The flag is registered by the backend's own module, which must be loaded. */
const hasWasmSimd = async (): Promise<boolean> => (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true
