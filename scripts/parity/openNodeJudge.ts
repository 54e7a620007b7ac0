import { openBackend } from '../../src/engine/backends.ts'
import { createComposedExecutor } from '../../src/engine/createComposedExecutor.ts'
import { judgeFile } from '../../src/engine/parity/judgeFile.ts'
import type { Judge } from './Judge.ts'

/** The engine in this process. */
export const openNodeJudge = async (backend: 'cpu' | 'wasm'): Promise<Judge> => {
  const { facts, close } = await openBackend(backend)
  return {
    device: `${facts.device}, in Node`,
    judge: (bytes) => judgeFile(bytes, createComposedExecutor),
    close: async () => close(),
  }
}
