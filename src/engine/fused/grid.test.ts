import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GridRequest, gridOf, layersOf, locate, tileOf } from './grid.ts'

const request: fc.Arbitrary<GridRequest> = fc.record({
  tile: fc.constantFrom(tileOf(4), tileOf(8)),
  images: fc.integer({ min: 1, max: 5 }),
  side: fc.integer({ min: 1, max: 9 }),
  channels: fc.integer({ min: 1, max: 9 }),
  networks: fc.integer({ min: 1, max: 3 }),
  maxTextureSide: fc.constantFrom(48, 64, 8192),
})

describe('grid', () => {
  it('gives every number of every network a float of its own, inside the texture', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const grid = gridOf(asked)
        const { images, side, channels, networks } = asked
        expect(grid.width).toBeLessThanOrEqual(asked.maxTextureSide)
        expect(grid.height).toBeLessThanOrEqual(asked.maxTextureSide)
        const taken = new Set<number>()
        const size = grid.width * grid.height * 4
        for (let network = 0; network < networks; network++)
          for (let image = 0; image < images; image++)
            for (let row = 0; row < side; row++)
              for (let column = 0; column < side; column++)
                for (let channel = 0; channel < channels; channel++) {
                  const { layer, index } = locate(grid, network, image, row, column, channel)
                  expect(layer).toBeLessThan(layersOf(grid.tile))
                  expect(index).toBeLessThan(size)
                  taken.add(layer * size + index)
                }
        expect(taken.size).toBe(networks * images * side * side * channels)
      }),
      { numRuns: 60 },
    )
  })

  it('says so where a texture would be larger than the device has', () => {
    const asked = { tile: tileOf(8), images: 512, side: 32, channels: 64, networks: 4, maxTextureSide: 256 }
    expect(() => gridOf(asked)).toThrow(RangeError)
  })
})
