import { describe, expect, it } from 'vitest'
import { layoutPicture } from './pictureLayout.ts'

const measures = { width: 660, scale: 1 }

describe('layoutPicture', () => {
  it('stands equal stages of all networks under one another', () => {
    const picture = layoutPicture([1, 5], measures)
    const [shallow, deep] = picture.networks
    for (const stage of [1, 2, 3]) {
      const first = (network: typeof shallow) => network?.boxes.find((box) => box.stage === stage)
      expect(first(shallow)?.x).toBe(first(deep)?.x)
      expect(first(shallow)?.width).toBe(first(deep)?.width)
    }
  })

  it.each([[[1, 5]], [[3]], [[1, 9, 9]], [[1, 3, 18]], [[200]]])(
    'keeps order and width for %j',
    (perStage) => {
      const picture = layoutPicture(perStage, measures)
      for (const [index, network] of picture.networks.entries()) {
        expect(network.boxes.flatMap((box) => box.blocks)).toEqual(
          Array.from({ length: 3 * (perStage[index] ?? 0) }, (_, block) => block),
        )
        let end = picture.endWidth
        for (const box of network.boxes) {
          expect(box.x).toBeGreaterThanOrEqual(end + picture.gap - 1e-6)
          end = box.x + box.width
        }
        expect(end).toBeLessThanOrEqual(picture.headX + 1e-6)
      }
      expect(picture.width).toBeLessThanOrEqual(measures.width + 1e-6)
    },
  )

  it('draws the 27 blocks of 56 layers one by one at the width of a laptop', () => {
    const picture = layoutPicture([1, 9, 9], { width: 590, scale: 1 })
    expect(picture.networks[1]?.boxes).toHaveLength(27)
    expect(picture.width).toBeLessThanOrEqual(590)
  })

  it('folds longer stages, beside shallow networks drawn whole', () => {
    const picture = layoutPicture([3, 18, 4], measures)
    const sizes = picture.networks.map((network) => network.boxes.map((box) => box.blocks.length))
    expect(sizes[0]).toEqual(Array(9).fill(1))
    expect(sizes[1]).toEqual([1, 1, 1, 15, 1, 1, 1, 15, 1, 1, 1, 15])
    expect(sizes[2]).toEqual(Array(12).fill(1))
  })

  it('grows beyond the width there is rather than making blocks too narrow to hit', () => {
    const picture = layoutPicture([9], { width: 300, scale: 1 })
    const [first, second] = picture.networks[0]?.boxes ?? []
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThanOrEqual(16)
    expect(picture.width).toBeGreaterThan(300)
  })
})
