import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyShortcutIntervention,
  constantStrengths,
  type ShortcutIntervention,
  strengthAt,
} from './interventions.ts'

const switchOf = (change: Partial<ShortcutIntervention>): ShortcutIntervention => ({
  kind: 'shortcuts',
  step: 10,
  network: 0,
  blocks: 'all',
  to: 0,
  overSteps: 0,
  ...change,
})
const strengthsAt = (ramps: ReturnType<typeof constantStrengths>, step: number) =>
  ramps.map((ramp) => strengthAt(ramp, step))

describe('a switch', () => {
  it('at once holds from its own step on', () => {
    const ramps = applyShortcutIntervention(constantStrengths(2, 1), switchOf({}))
    expect(strengthsAt(ramps, 10)).toEqual([0, 0])
    expect(strengthsAt(ramps, 1000)).toEqual([0, 0])
  })
  it('moves only the blocks that it names', () => {
    const ramps = applyShortcutIntervention(constantStrengths(3, 1), switchOf({ blocks: [1] }))
    expect(strengthsAt(ramps, 10)).toEqual([1, 0, 1])
  })
})

describe('a fade', () => {
  it('moves by equal parts, its first step included, and arrives at its last', () => {
    const ramps = applyShortcutIntervention(constantStrengths(1, 1), switchOf({ overSteps: 4 }))
    expect([10, 11, 12, 13, 14].map((step) => strengthsAt(ramps, step)[0])).toEqual([0.75, 0.5, 0.25, 0, 0])
    const back = applyShortcutIntervention(constantStrengths(1, 0), switchOf({ to: 1, overSteps: 4 }))
    expect([10, 11, 12, 13, 14].map((step) => strengthsAt(back, step)[0])).toEqual([0.25, 0.5, 0.75, 1, 1])
  })
  it('over one step is a switch', () => {
    const ramps = applyShortcutIntervention(constantStrengths(1, 1), switchOf({ overSteps: 1 }))
    expect(strengthsAt(ramps, 10)).toEqual([0])
  })
  it('that is turned back starts from where it is', () => {
    const out = applyShortcutIntervention(constantStrengths(1, 1), switchOf({ overSteps: 10 }))
    const back = applyShortcutIntervention(out, switchOf({ step: 15, to: 1, overSteps: 5 }))
    expect(strengthAt(out[0] ?? expect.fail(), 14)).toBeCloseTo(0.5, 12)
    expect(strengthsAt(back, 15)[0]).toBeCloseTo(0.6, 12)
    expect(strengthsAt(back, 19)[0]).toBe(1)
  })
  it('that is turned back before its first step starts from where it was', () => {
    const out = applyShortcutIntervention(constantStrengths(1, 1), switchOf({ overSteps: 10 }))
    const back = applyShortcutIntervention(out, switchOf({ to: 1, overSteps: 10 }))
    expect(strengthsAt(back, 10)).toEqual([1])
  })
  it('never leaves 0 … 1, never jumps, and arrives', () => {
    const change = fc.record({
      gap: fc.nat(30),
      to: fc.constantFrom(0 as const, 1 as const),
      overSteps: fc.nat(40),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(0 as const, 1 as const),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (start, changes) => {
          let ramps = constantStrengths(1, start)
          let step = 0
          let before: number = start
          for (const { gap, to, overSteps } of changes) {
            for (const end = step + gap; step < end; step++)
              before = strengthsAt(ramps, step)[0] ?? Number.NaN
            ramps = applyShortcutIntervention(ramps, switchOf({ step, to, overSteps }))
            const now = strengthsAt(ramps, step)[0] ?? Number.NaN
            expect(now).toBeGreaterThanOrEqual(0)
            expect(now).toBeLessThanOrEqual(1)
            if (overSteps > 0) expect(Math.abs(now - before)).toBeLessThanOrEqual(1 / overSteps + 1e-12)
            expect(strengthsAt(ramps, step + overSteps)).toEqual([to])
          }
        },
      ),
    )
  })
})
