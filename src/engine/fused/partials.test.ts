import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Atlas, atlasWidth, cellAt, type Partials } from './partials.ts'

interface Asked {
  readonly cells: number
  readonly images: number
  readonly wanted: number
}

const asked: fc.Arbitrary<Asked> = fc.record({
  cells: fc.integer({ min: 1, max: 60 }),
  images: fc.integer({ min: 1, max: 130 }),
  wanted: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.01, max: 99.5, noNaN: true })),
})

const networks = fc.integer({ min: 1, max: 20 })

/** Every texel that some partial sum of some network lies in, as often as one does. */
const texelsOf = (partials: Partials, ofNetworks: number): readonly string[] =>
  Array.from({ length: ofNetworks }, (_, network) =>
    Array.from({ length: partials.cells }, (_, cell) => {
      const { x, y } = cellAt(partials, cell)
      return Array.from(
        { length: partials.parts },
        (_, part) => `${x + part},${y + network * partials.lines}`,
      )
    }).flat(),
  ).flat()

describe('an atlas of partial sums', () => {
  it('gives every partial sum of every network a texel of its own, inside', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 4 }), networks, (all, ofNetworks) => {
        const atlas = new Atlas(ofNetworks)
        const texels = all.flatMap(({ cells, images, wanted }) =>
          texelsOf(atlas.append(cells, images, wanted), ofNetworks),
        )
        expect(new Set(texels).size).toBe(texels.length)
        for (const texel of texels) {
          const [x = -1, y = -1] = texel.split(',').map(Number)
          if (x >= atlasWidth || y >= atlas.height) expect.fail(texel)
        }
      }),
      { numRuns: 40 },
    )
  }, 30_000)

  it('sums over every image once, in no more parts than were wanted or there are images', () => {
    fc.assert(
      fc.property(asked, networks, ({ cells, images, wanted }, ofNetworks) => {
        const { parts, imagesInPart } = new Atlas(ofNetworks).append(cells, images, wanted)
        expect(parts).toBeLessThanOrEqual(Math.min(images, Math.max(1, Math.ceil(wanted))))
        expect(parts * imagesInPart).toBeGreaterThanOrEqual(images)
        // No part is empty.
        expect((parts - 1) * imagesInPart).toBeLessThan(images)
      }),
    )
  }, 30_000)
})
