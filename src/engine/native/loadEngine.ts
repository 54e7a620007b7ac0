import { engineBinary } from './generated/engineBinary.ts'

const engineBytes = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(engineBinary), (character) => character.charCodeAt(0))

/** Whether this browser's WebAssembly has all that the engine is made of, SIMD above all. */
export const engineRuns = (): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(engineBytes())

/** The bytes of `\0asm`'s import of env.memory, up to the flags of its limits. */
const memoryImport = [0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02]
const sharedFlag = 0x02

/**
 * Compiles the engine. WebAssembly says in its import whether memory is shared between threads, and that is the only difference: so one
 * binary serves both, with one bit set.
 */
export const loadEngine = async (isShared: boolean): Promise<WebAssembly.Module> => {
  const bytes = engineBytes()
  if (isShared) {
    const at = bytes.findIndex((_, start) => memoryImport.every((byte, i) => bytes[start + i] === byte))
    if (at < 0) throw new Error('The engine imports no memory.')
    const flags = at + memoryImport.length
    bytes[flags] = (bytes[flags] ?? 0) | sharedFlag
  }
  return WebAssembly.compile(bytes)
}
