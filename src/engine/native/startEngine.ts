/** What the engine exports: see assembly/index.ts. */
export interface EngineExports {
  firstFreeByte(): number
  run(control: number): void
  help(control: number, thread: number): void
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
