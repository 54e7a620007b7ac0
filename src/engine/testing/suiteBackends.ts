import type { DeviceFacts } from '../../domain/run.ts'

/** The backends that a suite runs on where it was started: in Node plain JavaScript and WebAssembly, in a browser WebGL. */
export const suiteBackends = (): readonly DeviceFacts['backend'][] =>
  'OffscreenCanvas' in globalThis ? ['webgl'] : ['cpu', 'wasm']
