import type { ImageSet } from '../../datasets/dataset.ts'
import { defaultOptions, type NetworkSpec } from '../../domain/networkSpec.ts'
import { randomStream } from '../../domain/random.ts'

/** A network small enough for plain loops: 8 layers, 4 filters, an odd side. */
export const smallSpec = (changes: Partial<NetworkSpec> = {}): NetworkSpec => ({
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [1, 1, 1],
  width: 4,
  imageSize: 9,
  channels: 3,
  classes: 4,
  ...changes,
})

/** Normal noise with labels that it does not explain. */
export const smallImages = (spec: NetworkSpec, count = 24, seed = 7): ImageSet => {
  const stream = randomStream(seed, 'small images')
  const size = spec.imageSize ** 2 * spec.channels
  return {
    images: Float32Array.from({ length: count * size }, () => stream.normal()),
    labels: Int32Array.from({ length: count }, () => stream.integer(spec.classes)),
    count,
    side: spec.imageSize,
    channels: spec.channels,
  }
}

export const rangeIndices = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, position) => start + position)
