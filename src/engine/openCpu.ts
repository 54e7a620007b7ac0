import { enableProdMode, setBackend } from '@tensorflow/tfjs-core'
import type { OpenBackend } from './backends.ts'

/** Opens tfjs's plain JavaScript backend: it runs everywhere, some thirty times slower than WebAssembly. */
export const openCpu = async (reason: string): Promise<OpenBackend> => {
  // Else tfjs advertises its Node backend on the console.
  enableProdMode()
  await import('@tensorflow/tfjs-backend-cpu')
  await setBackend('cpu')
  return {
    floatBits: 32,
    facts: {
      executor: 'composed',
      backend: 'cpu',
      device: 'plain JavaScript',
      reason,
      reproducible: false,
      threads: 1,
    },
    isLost: () => false,
    onLost: () => () => {},
    close: () => {},
  }
}
