import { describe, expect, it } from 'vitest'
import { layoutPicture } from './pictureLayout.ts'

const measures = { width: 660, scale: 1 }
/** Three stages of so many blocks each. */
const even = (...blocks: readonly number[]) => blocks.map((count) => [count, count, count])

describe('layoutPicture', () => {
  it('stands equal stages of all networks under one another', () => {
    const picture = layoutPicture(even(1, 5), measures)
    const [shallow, deep] = picture.networks
    for (const stage of [1, 2, 3]) {
      const first = (network: typeof shallow) => network?.boxes.find((box) => box.stage === stage)
      expect(first(shallow)?.x).toBe(first(deep)?.x)
      expect(first(shallow)?.width).toBe(first(deep)?.width)
    }
  })

  it.each([
    [even(1, 5)],
    [even(3)],
    [even(1, 9, 9)],
    [even(1, 3, 18)],
    [even(200)],
    [[[3, 4, 6, 3]]],
    [
      [
        [3, 4, 6, 3],
        [2, 2, 2, 2],
        [5, 5],
      ],
    ],
    [[[3, 8, 36, 3], ...even(5)]],
    [[[7]]],
  ])('keeps order and width for %j', (stages) => {
    const picture = layoutPicture(stages, measures)
    for (const [index, network] of picture.networks.entries()) {
      const count = stages[index]?.reduce((sum, blocks) => sum + blocks, 0)
      expect(network.boxes.flatMap((box) => box.blocks)).toEqual(
        Array.from({ length: count ?? 0 }, (_, block) => block),
      )
      let end = picture.endWidth
      for (const box of network.boxes) {
        expect(box.x).toBeGreaterThanOrEqual(end + picture.gap - 1e-6)
        end = box.x + box.width
      }
      expect(end).toBeLessThanOrEqual(picture.headX + 1e-6)
    }
    expect(picture.width).toBeLessThanOrEqual(measures.width + 1e-6)
  })

  it('gives each stage the columns of its own longest, and stands equal stages of unequal networks under one another', () => {
    const picture = layoutPicture(
      [
        [3, 4, 6, 3],
        [2, 2, 2, 2],
        [5, 5],
      ],
      { width: 900, scale: 1 },
    )
    const firstOf = (network: number, stage: number) =>
      picture.networks[network]?.boxes.find((box) => box.stage === stage)?.x
    for (const stage of [1, 2, 3, 4]) expect(firstOf(1, stage)).toBe(firstOf(0, stage))
    expect(firstOf(2, 2)).toBe(firstOf(0, 2))
    expect(firstOf(2, 3)).toBeUndefined()
    expect(picture.stageStarts).toHaveLength(4)
    const columns = picture.stageStarts.map((start, i) => (picture.stageStarts[i + 1] ?? 0) - start)
    const pitch = ((columns[0] ?? 0) - 7) / 5
    expect((columns[2] ?? 0) - 7).toBeCloseTo(6 * pitch, 6)
  })

  it('folds only the long stage of a network', () => {
    const sizes = layoutPicture([[3, 4, 23, 3]], measures).networks[0]?.boxes.map((box) => box.blocks.length)
    expect(sizes).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 20, 1, 1, 1])
  })

  it('draws the 27 blocks of 56 layers one by one at the width of a laptop', () => {
    const picture = layoutPicture(even(1, 9, 9), { width: 590, scale: 1 })
    expect(picture.networks[1]?.boxes).toHaveLength(27)
    expect(picture.width).toBeLessThanOrEqual(590)
  })

  it('folds longer stages, beside shallow networks drawn whole', () => {
    const picture = layoutPicture(even(3, 18, 4), measures)
    const sizes = picture.networks.map((network) => network.boxes.map((box) => box.blocks.length))
    expect(sizes[0]).toEqual(Array(9).fill(1))
    expect(sizes[1]).toEqual([1, 1, 1, 15, 1, 1, 1, 15, 1, 1, 1, 15])
    expect(sizes[2]).toEqual(Array(12).fill(1))
  })

  it('grows beyond the width there is rather than making blocks too narrow to hit', () => {
    const picture = layoutPicture(even(9), { width: 300, scale: 1 })
    const [first, second] = picture.networks[0]?.boxes ?? []
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeGreaterThanOrEqual(16)
    expect(picture.width).toBeGreaterThan(300)
  })
})
