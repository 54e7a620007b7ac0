import { describe, expect, it } from 'vitest'
import { applyShortcutIntervention, constantStrengths } from '../../domain/interventions.ts'
import { oppositeTarget, shortcutState, strengthsFromKey, strengthsKey } from './shortcutState.ts'

const switched = (
  ramps: ReturnType<typeof constantStrengths>,
  blocks: 'all' | readonly number[],
  to: 0 | 1,
  overSteps: number,
) => applyShortcutIntervention(ramps, { kind: 'shortcuts', step: 10, network: 0, blocks, to, overSteps })

describe('shortcutState', () => {
  const on = constantStrengths(4, 1)

  it('says on and off', () => {
    expect(shortcutState(on, 0)).toEqual({ kind: 'on' })
    expect(shortcutState(constantStrengths(4, 0), 0)).toEqual({ kind: 'off' })
  })

  it('counts what is on where some are off', () => {
    expect(shortcutState(switched(on, [1], 0, 0), 10)).toEqual({ kind: 'mixed', on: 3, of: 4 })
  })

  it('follows a fade and its end', () => {
    const fading = switched(on, 'all', 0, 10)
    expect(shortcutState(fading, 14)).toEqual({ kind: 'fading', to: 0, strength: 0.5 })
    expect(shortcutState(fading, 19)).toEqual({ kind: 'off' })
  })
})

describe('strengthsKey', () => {
  it('comes back as strengths and stands still between hundredths', () => {
    const fading = switched(constantStrengths(2, 1), [0], 0, 1000)
    expect(strengthsKey(fading, 10)).toBe(strengthsKey(fading, 11))
    expect(strengthsFromKey(strengthsKey(fading, 509))).toEqual([0.5, 1])
    expect(strengthsFromKey('')).toEqual([])
  })
})

describe('oppositeTarget', () => {
  it('turns a fade round and leads away from the majority', () => {
    const on = constantStrengths(3, 1)
    expect(oppositeTarget(on, [0, 1, 2])).toBe(0)
    expect(oppositeTarget(switched(on, 'all', 0, 100), [0])).toBe(1)
    expect(oppositeTarget(switched(on, [0, 1], 0, 0), [0, 1, 2])).toBe(1)
  })
})
