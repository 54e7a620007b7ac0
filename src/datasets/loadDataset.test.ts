import { describe, expect, it } from 'vitest'
import type { DatasetSpec } from '../domain/experimentSpec.ts'
import type { CifarImages } from './cifar/cifarImages.ts'
import type { ByteImages } from './dataset.ts'
import { type LoadedDataset, loadDataset } from './loadDataset.ts'

const quiet = () => undefined
const spec: DatasetSpec = {
  source: 'digits',
  imageSize: 16,
  trainingImages: 60,
  validationImages: 20,
  augment: false,
}

const photographs = (count: number): ByteImages => ({
  pixels: Uint8Array.from({ length: count * 3072 }, (_, i) => (i * 31) % 256),
  labels: Uint8Array.from({ length: count }, (_, i) => (i * 7) % 10),
  count,
  side: 32,
  channels: 3,
})
const cifar: CifarImages = { training: photographs(100), validation: photographs(30) }

const areEqual = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

const datasetOf = (loaded: LoadedDataset) => {
  if (!loaded.ok) throw new Error(loaded.sentence)
  return loaded.dataset
}

describe('loadDataset', { timeout: 60_000 }, () => {
  it.each(['digits', 'fractals', 'shapes'] as const)('generates %s by the seed', async (source) => {
    const fractions: number[] = []
    const dataset = datasetOf(await loadDataset({ ...spec, source }, 1, null, (f) => void fractions.push(f)))
    expect(dataset.training).toMatchObject({ count: 60, side: 16, channels: 3 })
    expect(dataset.training.images).toHaveLength(60 * 16 * 16 * 3)
    expect(dataset.validation.count).toBe(20)
    expect(dataset.classNames).toHaveLength(10)
    expect(fractions.at(-1)).toBe(1)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    const again = datasetOf(await loadDataset({ ...spec, source }, 1, null, quiet))
    expect(areEqual(again.training.images, dataset.training.images)).toBe(true)
    expect(areEqual(again.validation.images, dataset.validation.images)).toBe(true)
    const other = datasetOf(await loadDataset({ ...spec, source }, 2, null, quiet))
    expect(areEqual(other.training.images, dataset.training.images)).toBe(false)
  })

  it('takes balanced images of CIFAR-10, the same for every seed, at 16 and 32', async () => {
    for (const imageSize of [16, 32] as const) {
      const asked = { ...spec, source: 'cifar10', imageSize } as const
      const loaded = await loadDataset(asked, 1, cifar, quiet)
      const { training, validation } = datasetOf(loaded)
      expect(training).toMatchObject({ count: 60, side: imageSize })
      expect(validation.count).toBe(20)
      for (let label = 0; label < 10; label++) {
        expect(training.labels.filter((other) => other === label)).toHaveLength(6)
      }
      const other = datasetOf(await loadDataset(asked, 2, cifar, quiet))
      expect(areEqual(other.training.images, training.images)).toBe(true)
      expect(loaded.ok && loaded.note).toBeNull()
    }
  })

  it('says where there are fewer photographs than asked', async () => {
    const loaded = await loadDataset({ ...spec, source: 'cifar10', trainingImages: 5000 }, 1, cifar, quiet)
    expect(datasetOf(loaded).training.count).toBe(100)
    expect(loaded.ok && loaded.note).toMatch(/trains on 100 and validates on 20/)
  })

  it('refuses CIFAR-10 at 12 and where none was chosen', async () => {
    expect(await loadDataset({ ...spec, source: 'cifar10', imageSize: 12 }, 1, cifar, quiet)).toMatchObject({
      ok: false,
      kind: 'bad-dataset',
      sentence: expect.stringMatching(/16×16 or 32×32/),
    })
    expect(await loadDataset({ ...spec, source: 'cifar10' }, 1, null, quiet)).toMatchObject({
      ok: false,
      kind: 'no-dataset',
      sentence: expect.stringMatching(/Choose cifar-10-binary\.tar\.gz/),
    })
  })
})
