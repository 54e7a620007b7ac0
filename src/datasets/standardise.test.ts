import { describe, expect, it } from 'vitest'
import type { ByteImages } from './dataset.ts'
import { generateImages } from './generateImages.ts'
import { standardise } from './standardise.ts'

const moments = (values: Float32Array, channel: number, channels: number) => {
  const own = values.filter((_, i) => i % channels === channel)
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length
  return { mean, deviation: Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length) }
}

const tiny = (pixels: number[], channels: number): ByteImages => ({
  pixels: Uint8Array.from(pixels),
  labels: Uint8Array.of(3),
  count: 1,
  side: 2,
  channels,
})

describe('standardise', () => {
  it('gives each training channel mean 0 and deviation 1', async () => {
    const request = { count: 200, side: 16, seed: 1 }
    const training = await generateImages('digits', { ...request, split: 'training' }, () => undefined)
    const validation = await generateImages('digits', { ...request, split: 'validation' }, () => undefined)
    const dataset = standardise(training, validation, ['a'])
    for (let channel = 0; channel < 3; channel++) {
      const { mean, deviation } = moments(dataset.training.images, channel, 3)
      expect(mean).toBeCloseTo(0, 5)
      expect(deviation).toBeCloseTo(1, 5)
      // By the training split's moments: near 0 and 1, and not exactly.
      const other = moments(dataset.validation.images, channel, 3)
      expect(Math.abs(other.mean)).toBeGreaterThan(1e-4)
      expect(Math.abs(other.mean)).toBeLessThan(0.2)
      expect(other.deviation).toBeCloseTo(1, 0)
    }
    expect(dataset.training.labels).toEqual(Int32Array.from(training.labels))
  })

  it('does each channel by itself, to the digit', () => {
    const images = tiny([0, 100, 10, 100, 20, 100, 30, 100], 2)
    const { training, validation } = standardise(images, tiny([40, 90, 0, 100, 0, 100, 0, 100], 2), [])
    const deviation = Math.sqrt(125)
    expect(training.images[0]).toBeCloseTo(-15 / deviation, 6)
    expect(training.images[6]).toBeCloseTo(15 / deviation, 6)
    expect(validation.images[0]).toBeCloseTo(25 / deviation, 6)
    // A channel without contrast: zeros, not NaN.
    expect(training.images[1]).toBeCloseTo(0, 12)
    expect(validation.images[1]).toBeCloseTo(0, 12)
  })
})
