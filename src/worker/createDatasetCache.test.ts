import { describe, expect, it } from 'vitest'
import type { CifarImages } from '../datasets/cifar/cifarImages.ts'
import type { ByteImages } from '../datasets/dataset.ts'
import { presetNamed } from '../domain/presets.ts'
import { createDatasetCache } from './createDatasetCache.ts'

const photographs = (count: number): ByteImages => ({
  pixels: Uint8Array.from({ length: count * 3072 }, (_, i) => (i * 7) % 256),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  count,
  side: 32,
  channels: 3,
})
const cifar: CifarImages = { training: photographs(100), validation: photographs(100) }

const small = { trainingImages: 100, validationImages: 100 }
const preset = presetNamed('quick').spec
const digits = { ...preset, dataset: { ...preset.dataset, ...small } }
const own = { ...digits, dataset: { ...digits.dataset, source: 'cifar10' as const, imageSize: 16 as const } }

const openCache = () => {
  let loads = 0
  const cache = createDatasetCache({
    load: async () => {
      loads += 1
      return cifar
    },
  })
  return { cache, loads: () => loads }
}

describe('createDatasetCache', () => {
  it('keeps the last data set, and makes another where seed or size differ', async () => {
    const { cache } = openCache()
    const first = await cache.load(digits, () => {})
    const augmented = { ...digits, dataset: { ...digits.dataset, augment: true } }
    expect(await cache.load(augmented, () => {})).toBe(first)
    expect(await cache.load({ ...digits, seed: 2 }, () => {})).not.toBe(first)
    expect(await cache.load(digits, () => {})).not.toBe(first)
  })

  it('loads the visitor’s images once for every seed, and anew when they have changed', async () => {
    const { cache, loads } = openCache()
    const first = await cache.load(own, () => {})
    expect(await cache.load({ ...own, seed: 2 }, () => {})).toBe(first)
    cache.forgetCifar()
    await cache.load(own, () => {})
    expect(loads()).toBe(2)
  })

  it('makes a data set once for all who ask for it while it is made', async () => {
    const { cache } = openCache()
    const heard: number[] = []
    const first = cache.load(digits, () => {})
    const second = cache.load(digits, (fraction) => {
      heard.push(fraction)
    })
    expect(await second).toBe(await first)
    expect(heard.at(-1)).toBe(1)
  })

  it('goes on for the others when one gives up, and breaks off when all have', async () => {
    const { cache } = openCache()
    const givesUp = (): never => {
      throw new Error('enough')
    }
    const first = cache.load(digits, givesUp)
    const second = cache.load(digits, () => {})
    await expect(first).rejects.toThrow('enough')
    expect((await second).ok).toBe(true)

    const other = { ...digits, seed: 2 }
    await expect(cache.load(other, givesUp)).rejects.toThrow('enough')
    expect((await cache.load(other, () => {})).ok).toBe(true)
  })

  it('does not keep images that changed while they were loaded', async () => {
    const { cache, loads } = openCache()
    const loading = cache.load(own, () => {})
    cache.forgetCifar()
    await loading
    await cache.load(own, () => {})
    expect(loads()).toBe(2)
  })
})
