import type { BackendChoice } from '../../domain/experimentSpec.ts'

/** What the set-up calls each executor, in the order in which it offers them. */
export const executorChoices: readonly { readonly value: BackendChoice; readonly name: string }[] = [
  { value: 'auto', name: 'fastest' },
  { value: 'webgl', name: 'WebGL (GPU)' },
  { value: 'tfjs', name: 'TensorFlow.js' },
  { value: 'wasm', name: 'WebAssembly' },
  { value: 'cpu', name: 'JavaScript' },
]

const mayDiffer = 'On another device or browser the numbers may differ in the last digits.'

/** What each is, in a sentence or two under the control. */
export const executorNotes: Readonly<Record<BackendChoice, string>> = {
  auto: 'The fastest that this device has: where there is a graphics card, a few steps are timed on it and on the processor.',
  webgl: `WebGL: the lab’s own shaders on the graphics card, all networks side by side. ${mayDiffer}`,
  tfjs: `TensorFlow.js: its operations on the graphics card through WebGL, one after the other, to compare with. ${mayDiffer}`,
  wasm: 'WebAssembly: the lab’s own engine, reproducible. The same link gives the same numbers, bit for bit, on any device.',
  cpu: `Plain JavaScript: slow, and runs anywhere. ${mayDiffer}`,
}
