import { randomStream } from './random.ts'

/** 2^32, how many values a hash has. */
const hashes = 4_294_967_296

/** The key of a step, counted from 0: 32 bits of a stream of its own, so nothing else moves where dropout is used. */
export const dropoutKeyAt = (seed: number, step: number): number =>
  randomStream(seed, `dropout/${step}`).integer(hashes)

/**
 * Which values dropout keeps, as a pure function of a step's key, the block and the value's index: every executor and device
 * computes the same mask, on as many threads as it likes. All arithmetic is on 32-bit integers, as shaders have it.
 */

/** Factors of `size` values, by index in NHWC order: 0 with probability `rate`, else 1/(1 − rate). Rate in [0, 1). */
export const dropoutMask = (key: number, block: number, size: number, rate: number): Float32Array => {
  const [first, second] = maskSeeds(key, block)
  const dropped = droppedBelow(rate)
  const factor = 1 / (1 - rate)
  const mask = new Float32Array(size)
  for (let index = 0; index < size; index++)
    mask[index] = mix(mix(index ^ first) ^ second) >>> 0 < dropped ? 0 : factor
  return mask
}

/** Of the 2^32 hashes, those below this are dropped. */
export const droppedBelow = (rate: number): number => Math.floor(rate * hashes)

/** Two words for one mask, so that no two masks are each other's permutation. */
const maskSeeds = (key: number, block: number): readonly [number, number] => {
  const first = mix(key ^ mix(block + 1))
  return [first, mix(first + 0x9e3779b9)]
}

/** A bijection of 32 bits in which every bit of the result depends on all (Wellons 2018, "lowbias32"). */
const mix = (value: number): number => {
  let bits = value | 0
  bits ^= bits >>> 16
  bits = Math.imul(bits, 0x21f0aaad)
  bits ^= bits >>> 15
  bits = Math.imul(bits, 0x735a2d97)
  return bits ^ (bits >>> 15)
}
