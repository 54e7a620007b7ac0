import { openBackend } from '../../src/engine/backends.ts'
import { createComposedExecutor } from '../../src/engine/createComposedExecutor.ts'
import { createNativeHere } from '../../src/engine/native/createNativeHere.ts'
import { judgeFile } from '../../src/engine/parity/judgeFile.ts'
import type { Judge } from './Judge.ts'

/** The composed executor in this process. */
export const openNodeJudge = async (backend: 'cpu' | 'wasm'): Promise<Judge> => {
  const { facts, close } = await openBackend(backend)
  return {
    device: `${facts.device}, in Node`,
    judge: (bytes) => judgeFile(bytes, createComposedExecutor),
    close: async () => close(),
  }
}

/** The lab's own engine in this process. */
export const openNativeJudge = async (): Promise<Judge> => ({
  device: 'WebAssembly, in Node',
  judge: (bytes) => judgeFile(bytes, createNativeHere),
  close: async () => {},
})
