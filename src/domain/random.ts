import { log } from './portableMath/log.ts'

/**
 * Seeded random streams. Every purpose (the weights of one tensor, the order of the images, augmentation, …) has a stream of
 * its own, forked from the experiment's seed by name, so that switching one thing on or off moves no other.
 */
export interface RandomStream {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number
  /** Standard normal (Marsaglia's polar method). */
  normal(): number
  /** Uniform integer in [0, bound). */
  integer(bound: number): number
}

/** 32-bit FNV-1a of a text, finished with murmur3's avalanche so that near names give unrelated streams. */
const hashName = (seed: number, name: string): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The stream called `name` of the experiment with this seed (sfc32, 128 bits of state). */
export const randomStream = (seed: number, name: string): RandomStream => {
  let a = hashName(seed, name)
  let b = hashName(seed, `${name}#b`)
  let c = hashName(seed, `${name}#c`)
  let counter = 1
  const nextBits = (): number => {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + out
    c |= 0
    return out >>> 0
  }
  for (let i = 0; i < 12; i++) nextBits()

  let spareNormal: number | null = null
  const uniform = (): number => nextBits() / 4294967296
  return {
    uniform,
    normal() {
      if (spareNormal !== null) {
        const spare = spareNormal
        spareNormal = null
        return spare
      }
      let u = 0
      let v = 0
      let s = 0
      do {
        u = 2 * uniform() - 1
        v = 2 * uniform() - 1
        s = u * u + v * v
      } while (s >= 1 || s === 0)
      const factor = Math.sqrt((-2 * log(s)) / s)
      spareNormal = v * factor
      return u * factor
    },
    integer: (bound) => Math.floor(uniform() * bound),
  }
}

/** Shuffles in place (Fisher–Yates) and returns the same array. */
export const shuffle = <T extends { [index: number]: number; readonly length: number }>(
  stream: RandomStream,
  items: T,
): T => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1)
    const kept = items[i] as number
    items[i] = items[j] as number
    items[j] = kept
  }
  return items
}
