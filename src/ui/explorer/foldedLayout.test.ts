import { describe, expect, it } from 'vitest'
import { architectures } from '../../domain/architectures.ts'
import { namedNetwork } from '../../domain/architecturesCompared.ts'
import { drawingText } from './drawingText.ts'
import { foldedLayout } from './foldedLayout.ts'

const networks = architectures.map(({ title, spec }) => namedNetwork(title, spec))
const named = (title: string) => {
  const network = networks.find((one) => one.title === title)
  if (network === undefined) throw new Error(`no ${title}`)
  return network
}

describe('foldedLayout', () => {
  it.each([288, 358, 600, 1400])(
    'draws every architecture inside %i pixels, in order, nothing on another',
    (width) => {
      for (const { table, plan } of networks) {
        const picture = foldedLayout(table, { width, scale: 1 })
        expect(picture.width).toBeLessThanOrEqual(width + 1e-6)
        const boxes = picture.stages.flatMap((stage) => stage.boxes)
        expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(plan.blocks.length)
        let end = picture.pool === null ? picture.endWidth : picture.pool.x + picture.pool.width
        for (const box of boxes) {
          expect(box.x).toBeGreaterThan(end)
          expect(box.width).toBeGreaterThanOrEqual(8)
          end = box.x + box.width
        }
        expect(picture.headX).toBeGreaterThan(end)
      }
    },
  )

  it('takes the same room for 20 layers as for 1202, so that stages stand under one another', () => {
    const [small, deep] = ['ResNet-20 for CIFAR-10', 'ResNet-1202 for CIFAR-10'].map((title) =>
      foldedLayout(named(title).table, { width: 600, scale: 1 }),
    )
    expect(deep?.stages.map(({ x }) => x)).toEqual(small?.stages.map(({ x }) => x))
    expect(deep?.stages[0]?.boxes.map(({ count }) => count)).toEqual([1, 199])
  })

  it('draws a block that stands alone as one, and two as two', () => {
    const counts = foldedLayout(named('ResNet-18').table, { width: 600, scale: 1 }).stages.map(({ boxes }) =>
      boxes.map(({ count }) => count),
    )
    expect(counts).toEqual(Array(4).fill([1, 1]))
  })
})

describe('drawingText', () => {
  it('says in words what is drawn', () => {
    expect(drawingText(named('ResNet-50'))).toBe(
      'ResNet-50 is drawn from its first convolution to its dense layer, in stages of 3, 4, 6, 3 blocks, with a shortcut past every block: 1×1 projection, identity.',
    )
    expect(drawingText(named('plain-18'))).toContain('2, 2, 2, 2 blocks, with no shortcuts.')
  })
})
