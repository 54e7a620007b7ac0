import type { TensorValues } from '../../domain/parameters.ts'

/** FNV-1a of bytes in 32 bits, from this start on. */
const hashed = (bytes: Uint8Array, start: number, factor: number): number => {
  let hash = start
  for (const byte of bytes) hash = Math.imul(hash ^ byte, factor)
  return hash
}

const hexadecimal = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0')

/**
 * A short name for all weights of all networks, 16 hexadecimal digits: equal weights have equal ones, and different weights hardly ever
 * do.
 * @param networks parameters of each network, in order of the plan
 */
export const weightsDigest = (networks: readonly TensorValues[]): string => {
  // FNV-1a's own start and factor, and others for the second half.
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (const values of networks)
    for (const tensor of values.values()) {
      const bytes = new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength)
      first = hashed(bytes, first, 0x01000193)
      second = hashed(bytes, second, 0x85ebca6b)
    }
  return hexadecimal(first) + hexadecimal(second)
}
