import { engineBinary } from './generated/engineBinary.ts'

/** What the engine exports: see assembly/index.ts. */
export interface EngineExports {
  firstFreeByte(): number
  run(control: number): void
  help(control: number, thread: number): void
}

/** The bytes of `\0asm`'s import of env.memory, up to the flags of its limits. */
const memoryImport = [0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02]
const sharedFlag = 0x02

/**
 * Compiles the engine. WebAssembly says in its import whether memory is shared between threads, and that is the only difference: so one
 * binary serves both, with one bit set.
 */
export const loadEngine = async (isShared: boolean): Promise<WebAssembly.Module> => {
  const bytes = Uint8Array.from(atob(engineBinary), (character) => character.charCodeAt(0))
  if (isShared) {
    const at = bytes.findIndex((_, start) => memoryImport.every((byte, i) => bytes[start + i] === byte))
    if (at < 0) throw new Error('The engine imports no memory.')
    const flags = at + memoryImport.length
    bytes[flags] = (bytes[flags] ?? 0) | sharedFlag
  }
  return WebAssembly.compile(bytes)
}

/** Throws where the memory is not of the kind that the module was compiled for. */
export const startEngine = (module: WebAssembly.Module, memory: WebAssembly.Memory): EngineExports => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  if (!isEngine(exports)) throw new Error('The engine lacks what it should export.')
  return exports
}

const isEngine = (exports: unknown): exports is EngineExports =>
  typeof exports === 'object' &&
  exports !== null &&
  ['firstFreeByte', 'run', 'help'].every((name) => name in exports)
