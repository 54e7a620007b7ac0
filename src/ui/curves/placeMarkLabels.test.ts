import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeMarkLabels } from './placeMarkLabels.ts'

describe('placeMarkLabels', () => {
  it('prefers the first lane at the right of the line', () => {
    expect(placeMarkLabels([{ x: 50, widths: [100, 60] }], 0, 500, 3)).toEqual([
      { lane: 0, side: 'right', wording: 0 },
    ])
  })

  it('turns to the left at the edge, and to fewer words where the chart is narrow', () => {
    expect(placeMarkLabels([{ x: 450, widths: [100] }], 0, 500, 3)[0]).toMatchObject({ side: 'left' })
    expect(placeMarkLabels([{ x: 90, widths: [150, 80] }], 0, 200, 3)[0]).toMatchObject({ wording: 1 })
  })

  it('gives up where nothing is left', () => {
    const crowd = Array.from({ length: 9 }, () => ({ x: 50, widths: [100] }))
    const places = placeMarkLabels(crowd, 0, 160, 3)
    expect(places.filter((place) => place !== null)).toHaveLength(3)
  })

  it('never lets two labels of a lane overlap', () => {
    const request = fc.record({
      x: fc.integer({ min: 0, max: 800 }),
      widths: fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 1, maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
        const sorted = requests.toSorted((a, b) => a.x - b.x)
        const spans = placeMarkLabels(sorted, 0, 800, 3).flatMap((place, index) => {
          const { x = 0, widths = [] } = sorted[index] ?? {}
          if (place === null) return []
          const width = widths[place.wording] ?? 0
          return [{ lane: place.lane, from: place.side === 'right' ? x : x - width, width }]
        })
        for (const a of spans)
          for (const b of spans)
            if (a !== b && a.lane === b.lane)
              expect(a.from + a.width <= b.from || b.from + b.width <= a.from).toBe(true)
      }),
    )
  })
})
