/** Whether this runtime has WebAssembly at all; tfjs then takes the SIMD build where it can. */
export const hasWebAssembly = (): boolean => 'WebAssembly' in globalThis
