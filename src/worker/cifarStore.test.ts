import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CifarImages } from '../datasets/cifar/cifarImages.ts'
import type { ByteImages } from '../datasets/dataset.ts'
import { takeBalanced } from '../datasets/takeBalanced.ts'
import { createCifarStore } from './cifarStore.ts'

const photographs = (count: number, start: number): ByteImages => ({
  pixels: Uint8Array.from({ length: count * 3072 }, (_, i) => (start + (i >> 10) * 7) % 256),
  labels: Uint8Array.from({ length: count }, (_, i) => (start + i * 3) % 10),
  count,
  side: 32,
  channels: 3,
})

const cifar: CifarImages = { training: photographs(2600, 1), validation: photographs(120, 5) }
const all = { trainingImages: 50_000, validationImages: 10_000 }

const areEqual = (a: ByteImages | undefined, b: ByteImages): boolean =>
  a !== undefined && Buffer.compare(a.pixels, b.pixels) === 0 && Buffer.compare(a.labels, b.labels) === 0

beforeEach(() => createCifarStore().forget())
afterEach(() => vi.restoreAllMocks())

describe('createCifarStore', () => {
  it('holds nothing at first', async () => {
    const store = createCifarStore()
    expect(await store.describe()).toBeNull()
    expect(await store.load(all)).toBeNull()
  })

  it('gives back next time what was saved', async () => {
    const facts = await createCifarStore().save(cifar, 'a note')
    expect(facts).toMatchObject({ trainingImages: 2600, validationImages: 120, note: 'a note' })
    expect(facts.thumbnails).toHaveLength(10)
    expect(facts.thumbnails[1]?.slice(0, 4)).toEqual(Uint8ClampedArray.of(1, 1, 1, 255))

    const next = createCifarStore()
    expect(await next.describe()).toEqual(facts)
    const loaded = await next.load(all)
    expect(areEqual(loaded?.training, cifar.training)).toBe(true)
    expect(areEqual(loaded?.validation, cifar.validation)).toBe(true)
  })

  it('reads no more than is asked, and the same images are taken from it', async () => {
    await createCifarStore().save(cifar, null)
    const loaded = await createCifarStore().load({ trainingImages: 500, validationImages: 50 })
    expect(loaded?.training.count).toBeLessThan(600)
    expect(loaded?.training.pixels.buffer.byteLength).toBeLessThan(600 * 3072)
    if (loaded === null || loaded === undefined) throw new Error('nothing was kept')
    expect(areEqual(takeBalanced(loaded.training, 500), takeBalanced(cifar.training, 500))).toBe(true)
    expect(areEqual(takeBalanced(loaded.validation, 50), takeBalanced(cifar.validation, 50))).toBe(true)
  })

  it('replaces the whole, and forgets', async () => {
    const store = createCifarStore()
    await store.save(cifar, null)
    await store.save({ training: photographs(30, 2), validation: photographs(20, 2) }, null)
    const loaded = await createCifarStore().load(all)
    expect([loaded?.training.count, loaded?.validation.count]).toEqual([30, 20])
    await store.forget()
    expect(await store.describe()).toBeNull()
    expect(await createCifarStore().load(all)).toBeNull()
  })

  it('goes on in memory without room, says so, and leaves nothing half written', async () => {
    await createCifarStore().save(cifar, null)
    const store = createCifarStore()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const small = { training: photographs(30, 2), validation: photographs(20, 2) }
    const facts = await store.save(small, 'a note')
    expect(facts.note).toMatch(/^a note This browser has no room left to keep the images/)
    put.mockRestore()
    expect(await store.describe()).toEqual(facts)
    expect(areEqual((await store.load(all))?.training, small.training)).toBe(true)
    expect(await createCifarStore().describe()).toBeNull()
  })

  it('goes on in memory where a browser keeps nothing', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not here', 'SecurityError')
    })
    const store = createCifarStore()
    expect(await store.describe()).toBeNull()
    const facts = await store.save(cifar, null)
    expect(facts.note).toMatch(/^This browser does not keep the images/)
    expect((await store.load(all))?.training.count).toBe(2600)
    await store.forget()
    expect(await store.load(all)).toBeNull()
  })
})
