import type { TensorValues } from '../../domain/parameters.ts'

/**
 * One more 32-bit word, as FNV-1a takes a byte. The shift is not FNV's: without it the top bit of a word stays the top bit, and two
 * weights that both change their sign would leave the hash as it was.
 */
const takenIn = (hash: number, word: number, factor: number): number => {
  const product = Math.imul(hash ^ word, factor)
  return product ^ (product >>> 15)
}

const hexadecimal = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0')

/**
 * A short name for all weights of all networks, 16 hexadecimal digits: equal weights have equal ones, and different weights hardly ever
 * do. It reads bits: 0 and −0 differ, and the order of bytes in memory does not matter.
 * @param networks parameters of each network, in order of `parameterLayout`
 */
export const weightsDigest = (networks: readonly TensorValues[]): string => {
  // FNV-1a's own start and factor, and others for the second half.
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (const values of networks)
    for (const tensor of values.values()) {
      const words = new Uint32Array(tensor.buffer, tensor.byteOffset, tensor.length)
      for (const word of words) {
        first = takenIn(first, word, 0x01000193)
        second = takenIn(second, word, 0x85ebca6b)
      }
    }
  return hexadecimal(first) + hexadecimal(second)
}
