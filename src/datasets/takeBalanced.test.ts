import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halveImages } from './halveImages.ts'
import { balancedIndices, takeBalanced } from './takeBalanced.ts'

const labels = fc.uint8Array({ max: 9, maxLength: 300 })

describe('balancedIndices', () => {
  it('takes as many as asked or as there are, in order, each once', () => {
    fc.assert(
      fc.property(labels, fc.nat(400), (all, count) => {
        const indices = balancedIndices(all, count)
        expect(indices).toHaveLength(Math.min(count, all.length))
        for (let i = 1; i < indices.length; i++) {
          expect(indices[i] as number).toBeGreaterThan(indices[i - 1] as number)
        }
      }),
    )
  })

  it('lets no class fall behind that has images left', () => {
    fc.assert(
      fc.property(labels, fc.nat(400), (all, count) => {
        const taken = Array<number>(10).fill(0)
        for (const i of balancedIndices(all, count))
          taken[all[i] as number] = (taken[all[i] as number] ?? 0) + 1
        const most = Math.max(...taken)
        for (let label = 0; label < 10; label++) {
          const available = all.filter((other) => other === label).length
          expect(taken[label] as number).toBeGreaterThanOrEqual(Math.min(available, most - 1))
        }
      }),
    )
  })
})

describe('the beginning of a file that holds what is taken', () => {
  it('gives the same images as the whole file, so that no more need be read', () => {
    fc.assert(
      fc.property(labels, fc.nat(400), (all, count) => {
        const indices = balancedIndices(all, count)
        const beginning = all.slice(0, (indices.at(-1) ?? -1) + 1)
        expect(balancedIndices(beginning, count)).toEqual(indices)
      }),
    )
  })
})

describe('takeBalanced', () => {
  it('copies images with their labels', () => {
    const images = {
      pixels: Uint8Array.of(10, 11, 12, 13, 14),
      labels: Uint8Array.of(0, 0, 0, 1, 1),
      count: 5,
      side: 1,
      channels: 1,
    }
    const taken = takeBalanced(images, 2)
    expect([...taken.pixels]).toEqual([10, 13])
    expect([...taken.labels]).toEqual([0, 1])
    expect(taken.count).toBe(2)
  })
})

describe('halveImages', () => {
  it('averages two by two, each channel and image by itself', () => {
    const halved = halveImages({
      pixels: Uint8Array.of(0, 100, 2, 100, 4, 100, 7, 104, 255, 0, 255, 0, 255, 1, 255, 1),
      labels: Uint8Array.of(4, 5),
      count: 2,
      side: 2,
      channels: 2,
    })
    expect([...halved.pixels]).toEqual([3, 101, 255, 1])
    expect([halved.side, halved.count, halved.channels]).toEqual([1, 2, 2])
    expect([...halved.labels]).toEqual([4, 5])
  })
})
