import type { BackendChoice } from '../../domain/experimentSpec.ts'

/** The backends that a suite runs on where it was started: in Node plain JavaScript and WebAssembly, in a browser WebGL. */
export const suiteBackends = (): readonly Exclude<BackendChoice, 'auto'>[] =>
  'OffscreenCanvas' in globalThis ? ['webgl'] : ['cpu', 'wasm']
