import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { allPieces, blockPieces, type NetworkPart } from './blockPieces.ts'
import { layoutFigure } from './figureLayout.ts'

const anyPlan = fc
  .record({
    block: fc.constantFrom(...blockTypes),
    order: fc.constantFrom(...activationOrders),
    shortcut: fc.constantFrom(...shortcutTypes),
    initialisation: fc.constantFrom(...initialisations),
    width: fc.constantFrom(4, 16),
  })
  .map((change) =>
    planLayers({
      ...defaultOptions,
      ...change,
      stem: 'small',
      blocksPerStage: [2, 1],
      imageSize: 16,
      channels: 3,
      classes: 10,
    }),
  )

describe('layoutFigure', () => {
  it('draws every piece once, inside the figure, and none over another', () => {
    fc.assert(
      fc.property(
        anyPlan,
        fc.constantFrom<NetworkPart>('stem', 0, 1, 2, 'head'),
        fc.boolean(),
        fc.constantFrom(1, 1.25),
        (plan, part, vertical, scale) => {
          const pieces = blockPieces(plan, part)
          const figure = layoutFigure(part, pieces, { scale, tinyText: 11 * scale, vertical })
          expect(new Set(figure.pieces.map(({ piece }) => piece.id))).toEqual(
            new Set(allPieces(pieces).map(({ id }) => id)),
          )
          for (const [index, a] of figure.pieces.entries()) {
            expect(Math.min(a.x, a.y)).toBeGreaterThanOrEqual(0)
            expect(a.x + a.width).toBeLessThanOrEqual(figure.width)
            expect(a.y + a.height).toBeLessThanOrEqual(figure.height)
            for (const b of figure.pieces.slice(index + 1)) {
              const apart =
                a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
              expect(apart, `${a.piece.id} and ${b.piece.id}`).toBe(true)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('runs from top to bottom where it stands upright', () => {
    const plan = planLayers({
      ...defaultOptions,
      shortcut: 'shortcut-gate',
      stem: 'small',
      blocksPerStage: [1, 1, 1],
      width: 8,
      imageSize: 16,
      channels: 3,
      classes: 10,
    })
    const sizes = [false, true].map((vertical) =>
      layoutFigure(1, blockPieces(plan, 1), { scale: 1, tinyText: 11, vertical }),
    )
    expect(sizes[0]?.width).toBeGreaterThan(sizes[0]?.height ?? 0)
    expect(sizes[1]?.height).toBeGreaterThan(sizes[1]?.width ?? 0)
    expect(sizes[1]?.width).toBeLessThan(330)
  })
})
