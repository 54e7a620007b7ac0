/** WebAssembly memory that grows. Views are of the present buffer and must not be kept: growing makes a new one. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory
  /** Makes sure that there are so many bytes. Throws RangeError where there is no more to be had. */
  ensure(bytes: number): void
  /** `at` in bytes, a multiple of four. */
  floats(at: number, count: number): Float32Array
  integers(at: number, count: number): Int32Array
  doubles(at: number, count: number): Float64Array
  bytes(at: number, count: number): Int8Array
}

const pageBytes = 65_536
const mostPages = 65_536

export const createEngineMemory = (isShared: boolean): EngineMemory => {
  const memory = reserve(isShared)
  return {
    memory,
    ensure: (bytes) => {
      const missing = Math.ceil(bytes / pageBytes) - memory.buffer.byteLength / pageBytes
      if (missing > 0) memory.grow(missing)
    },
    floats: (at, count) => new Float32Array(memory.buffer, at, count),
    integers: (at, count) => new Int32Array(memory.buffer, at, count),
    doubles: (at, count) => new Float64Array(memory.buffer, at, count),
    bytes: (at, count) => new Int8Array(memory.buffer, at, count),
  }
}

const reserve = (isShared: boolean): WebAssembly.Memory => {
  for (let maximum = mostPages; ; maximum /= 2)
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: isShared })
    } catch (error) {
      // Some devices do not even set the addresses aside for so much.
      if (maximum <= mostPages / 16) throw error
    }
}
