import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import {
  commonDepth,
  deepNetworks,
  nextCurve,
  referenceDepth,
  shortcutNetwork,
  withAddedNetwork,
  withDepth,
  withIntervention,
  withoutNetwork,
  withShortcut,
} from './editSpec.ts'

const spec = presetNamed('default').spec
const pair = presetNamed('pair').spec
const switchOf = (network: number, step: number, blocks: 'all' | readonly number[] = 'all') =>
  ({ kind: 'shortcuts', network, step, blocks, to: 1, overSteps: 0 }) as const

describe('editing the set-up', () => {
  it('changes the depth of all but the reference', () => {
    expect(deepNetworks(spec)).toEqual([1, 2])
    expect(referenceDepth(spec)).toBe(8)
    expect(withDepth(spec, 56).networks.map((curve) => curve.depth)).toEqual([8, 56, 56])
    expect(commonDepth(withDepth(spec, 20))).toBe(20)
  })
  it('changes both of a pair', () => {
    expect(referenceDepth(pair)).toBeNull()
    expect(withDepth(pair, 8).networks.map((curve) => curve.depth)).toEqual([8, 8])
  })
  it('knows when depths differ', () => {
    const mixed = { ...spec, networks: [...spec.networks, { depth: 20, shortcut: 'A' } as const] }
    expect(commonDepth(mixed)).toBeNull()
  })
  it('chooses the shortcut of the network that has one', () => {
    expect(shortcutNetwork(spec)).toBe(2)
    expect(withShortcut(spec, 2, 'C').networks[2]).toEqual({ depth: 32, shortcut: 'C' })
    expect(shortcutNetwork({ ...spec, networks: spec.networks.slice(0, 2) })).toBeNull()
  })
  it('adds networks that are not there yet', () => {
    expect(nextCurve(spec)).toEqual({ depth: 32, shortcut: 'B' })
    let grown = spec
    for (let i = 0; i < 3; i++) grown = withAddedNetwork(grown)
    const names = grown.networks.map((curve) => `${curve.depth}${curve.shortcut}`)
    expect(new Set(names).size).toBe(6)
  })
  it('keeps planned switches with their network when another is removed', () => {
    const planned = { ...spec, interventions: [switchOf(0, 5), switchOf(1, 10), switchOf(2, 20)] }
    expect(withoutNetwork(planned, 1).interventions).toEqual([switchOf(0, 5), switchOf(1, 20)])
  })
  it('drops switched blocks that a shallower network does not have', () => {
    const planned = { ...spec, interventions: [switchOf(2, 5, [1, 14]), switchOf(2, 6, [14])] }
    expect(withDepth(planned, 14).interventions).toEqual([switchOf(2, 5, [1])])
  })
  it('orders switches by step', () => {
    const planned = withIntervention(withIntervention(spec, switchOf(2, 200)), switchOf(1, 100))
    expect(planned.interventions.map(({ step }) => step)).toEqual([100, 200])
  })
})
