import type { ByteImages, Dataset, ImageSet } from './dataset.ts'

/** Mean and standard deviation of each channel, in bytes. */
const channelMoments = ({ pixels, channels }: ByteImages): { mean: number; deviation: number }[] =>
  Array.from({ length: channels }, (_, channel) => {
    // Counting the 256 values makes the sums exact.
    const counts = new Float64Array(256)
    for (let i = channel; i < pixels.length; i += channels)
      counts[pixels[i] as number] = (counts[pixels[i] as number] as number) + 1
    const total = Math.max(1, pixels.length / channels)
    const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / total
    const variance =
      counts.reduce((sum, count, value) => sum + count * ((value - mean) * (value - mean)), 0) / total
    return { mean, deviation: Math.sqrt(variance) }
  })

/** The standardised value of each byte of each channel: [channels × 256]. */
const valueTable = (training: ByteImages): Float32Array => {
  const table = new Float32Array(training.channels * 256)
  for (const [channel, { mean, deviation }] of channelMoments(training).entries()) {
    // A channel that never changes becomes zeros.
    const scale = deviation > 0 ? 1 / deviation : 0
    for (let value = 0; value < 256; value++) table[channel * 256 + value] = (value - mean) * scale
  }
  return table
}

const toImageSet = ({ pixels, labels, count, side, channels }: ByteImages, table: Float32Array): ImageSet => {
  const images = new Float32Array(pixels.length)
  for (let channel = 0; channel < channels; channel++) {
    const values = table.subarray(channel * 256, (channel + 1) * 256)
    for (let i = channel; i < pixels.length; i += channels) images[i] = values[pixels[i] as number] as number
  }
  return { images, labels: Int32Array.from(labels), count, side, channels }
}

/** Both splits by the training split's mean and deviation of each channel; validation images have no say in them. */
export const standardise = (
  training: ByteImages,
  validation: ByteImages,
  classNames: readonly string[],
): Dataset => {
  const table = valueTable(training)
  return { training: toImageSet(training, table), validation: toImageSet(validation, table), classNames }
}
