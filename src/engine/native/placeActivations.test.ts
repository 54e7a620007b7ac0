import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Activation,
  type ActivationPlace,
  type ActivationRoom,
  type ActivationUse,
  imageBytesOf,
  placeActivations,
  rowBytesOf,
} from './placeActivations.ts'

const shapes = fc.record({ side: fc.integer({ min: 1, max: 9 }), channels: fc.constantFrom(4, 8, 12) })

/** Instructions that read and write some of a few activations, in any order. */
const programs = fc
  .array(
    fc.record({ shape: shapes, place: fc.constantFrom<Activation['place']>('batch', 'batch', 'thread') }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .chain((kinds) => {
    const activations = kinds.map((kind, id): Activation => ({ id, ...kind }))
    const use = fc.record({
      activations: fc.subarray(activations, { minLength: 1, maxLength: Math.min(4, kinds.length) }),
      tileImages: fc.integer({ min: 1, max: 4 }),
    })
    return fc.array(use, { minLength: 1, maxLength: 20 })
  })

const rooms = fc.record({
  start: fc.integer({ min: 0, max: 500 }),
  capacity: fc.integer({ min: 1, max: 9 }),
  threads: fc.integer({ min: 1, max: 4 }),
  keepsActivations: fc.boolean(),
})

interface Placed {
  readonly activation: Activation
  readonly place: ActivationPlace
  /** First and last use. */
  readonly from: number
  readonly to: number
  /** Bytes that are its own, border included. */
  readonly start: number
  readonly end: number
}

const placedOf = (uses: readonly ActivationUse[], room: ActivationRoom): readonly Placed[] => {
  const { places } = placeActivations(uses, room)
  return [...new Set(uses.flatMap(({ activations }) => activations))].map((activation) => {
    const { shape } = activation
    const place = places.get(activation.id)
    if (place === undefined) throw new Error('Every activation that is used has a place.')
    const isUsed = ({ activations }: ActivationUse): boolean => activations.includes(activation)
    const tileImages = Math.max(...uses.filter(isUsed).map((use) => use.tileImages))
    const [images, times] = activation.place === 'batch' ? [room.capacity, 1] : [tileImages, room.threads]
    return {
      activation,
      place,
      from: uses.findIndex(isUsed),
      to: uses.findLastIndex(isUsed),
      // The row and the pixel before the first image; two rows behind the last, which transformed tiles read.
      start: place.base - rowBytesOf(shape) - shape.channels * 4,
      end:
        place.base + (times - 1) * place.threadBytes + images * imageBytesOf(shape) + 2 * rowBytesOf(shape),
    }
  })
}

const overlap = (a: Placed, b: Placed): boolean => a.start < b.end && b.start < a.end

it('no two activations that live at once overlap, and borders are shared among one shape only', () => {
  fc.assert(
    fc.property(programs, rooms, (uses, room) => {
      const placed = placedOf(uses, room)
      const { end } = placeActivations(uses, room)
      for (const [index, a] of placed.entries()) {
        expect(a.start).toBeGreaterThanOrEqual(room.start)
        expect(a.end).toBeLessThanOrEqual(end)
        for (const b of placed.slice(0, index)) {
          if (!overlap(a, b)) continue
          // One after the other, in the very same place: images at the same addresses, zeros of the border at the same too.
          expect(room.keepsActivations).toBe(false)
          expect(a.place).toEqual(b.place)
          expect(a.activation.shape).toEqual(b.activation.shape)
          expect(a.to < b.from || b.to < a.from).toBe(true)
        }
      }
    }),
    { numRuns: 500, seed: 1 },
  )
})

it('what threads write at once lies apart, and every place is aligned for vectors', () => {
  fc.assert(
    fc.property(programs, rooms, (uses, room) => {
      for (const { activation, place, end, start } of placedOf(uses, room)) {
        const { base, threadBytes, imageBytes, rowBytes } = place
        for (const bytes of [base, threadBytes, imageBytes, rowBytes]) expect(bytes % 16).toBe(0)
        if (activation.place === 'batch') expect(threadBytes).toBe(0)
        else expect(end - start).toBeLessThanOrEqual(room.threads * threadBytes)
      }
    }),
    { numRuns: 200, seed: 1 },
  )
})

it('takes a place again as soon as nobody needs it', () => {
  const shape = { side: 4, channels: 8 }
  const [a, b, c] = [0, 1, 2].map((id): Activation => ({ id, shape, place: 'batch' }))
  if (a === undefined || b === undefined || c === undefined) throw new Error('There are three.')
  const uses = [
    { activations: [a, b], tileImages: 1 },
    { activations: [b, c], tileImages: 1 },
  ]
  const { places } = placeActivations(uses, { start: 0, capacity: 2, threads: 1 })
  expect(places.get(2)).toEqual(places.get(0))
  const kept = placeActivations(uses, { start: 0, capacity: 2, threads: 1, keepsActivations: true })
  expect(new Set([...kept.places.values()].map(({ base }) => base)).size).toBe(3)
})
