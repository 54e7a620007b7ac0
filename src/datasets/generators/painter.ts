import type { RandomStream } from '../../domain/random.ts'

/**
 * Paints one image of a class into `pixels` at `offset`: side × side × 3 bytes, row by row, red, green, blue. Everything
 * random comes from `stream`, so an image depends on nothing but its own stream, its class and the side.
 */
export type Painter = (stream: RandomStream, label: number, pixels: Uint8Array, offset: number) => void

/** `full` is what networks train on; `quick` takes fewer samples a pixel, for the same scenes with slightly harder edges. */
export type Quality = 'full' | 'quick'

export const between = (stream: RandomStream, low: number, high: number): number =>
  low + (high - low) * stream.uniform()

export const tau = 2 * Math.PI
