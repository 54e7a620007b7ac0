import { describe, expect, it } from 'vitest'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { presetNamed } from '../../domain/presets.ts'
import { validateSpec } from '../../domain/validateSpec.ts'
import { withBlock } from './editFamily.ts'
import { nextCurve, withAddedNetwork, withoutNetwork } from './editNetworks.ts'
import {
  commonDepth,
  commonStages,
  deepBlocks,
  deepNetworks,
  referenceDepth,
  shortcutNetwork,
  withCurve,
  withDepth,
  withIntervention,
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
  it('keeps stages that are spelled out until a depth is chosen', () => {
    const stages = [3, 4, 6, 3]
    const resnet34: ExperimentSpec = {
      ...spec,
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 34, shortcut: 'none', stages },
        { depth: 34, shortcut: 'A', stages },
      ],
    }
    expect(commonDepth(resnet34)).toBe(34)
    expect(commonStages(resnet34)).toEqual(stages)
    expect(commonStages(spec)).toBeNull()
    expect(withDepth(resnet34, 32)).toEqual(spec)
    expect(withShortcut(resnet34, 2, 'B').networks[2]).toEqual({ depth: 34, shortcut: 'B', stages })
  })
  it('knows the blocks that a depth must suit', () => {
    expect(deepBlocks(spec)).toEqual(['basic'])
    const bottleneck = withCurve(spec, 2, { depth: 38, block: 'bottleneck' })
    expect(deepBlocks(bottleneck)).toEqual(['basic', 'bottleneck'])
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
  it('adds networks of the same family', () => {
    const preact = {
      ...spec,
      networks: [
        { depth: 29, shortcut: 'none', block: 'bottleneck', order: 'full-preact' },
        { depth: 29, shortcut: 'A', block: 'bottleneck', order: 'full-preact' },
      ],
    } as const satisfies ExperimentSpec
    let grown: ExperimentSpec = preact
    for (let i = 0; i < 4; i++) grown = withAddedNetwork(grown)
    expect(validateSpec(grown).ok).toBe(true)
    expect(grown.networks[2]).toEqual({ ...preact.networks[1], shortcut: 'B' })
    expect(
      grown.networks.every(({ block, order }) => block === 'bottleneck' && order === 'full-preact'),
    ).toBe(true)
  })
  it('forgets the numbers of a shortcut that a network no longer has', () => {
    const gated = withCurve(withShortcut(spec, 2, 'shortcut-gate'), 2, { gateBias: 0 })
    expect(gated.networks[2]).toEqual({ depth: 32, shortcut: 'shortcut-gate', gateBias: 0 })
    expect(withShortcut(gated, 2, 'A')).toEqual(spec)
  })
  it('keeps planned switches with their network when another is removed', () => {
    const planned = { ...spec, interventions: [switchOf(0, 5), switchOf(1, 10), switchOf(2, 20)] }
    expect(withoutNetwork(planned, 1).interventions).toEqual([switchOf(0, 5), switchOf(1, 20)])
  })
  it('drops switched blocks that a shallower network does not have', () => {
    const planned = { ...spec, interventions: [switchOf(2, 5, [1, 14]), switchOf(2, 6, [14])] }
    expect(withDepth(planned, 14).interventions).toEqual([switchOf(2, 5, [1])])
  })
  it('drops switched blocks that a network of larger blocks does not have', () => {
    const planned = { ...spec, interventions: [switchOf(2, 5, [1, 14])] }
    expect(withBlock(planned, 'bottleneck').interventions).toEqual([switchOf(2, 5, [1])])
  })
  it('orders switches by step', () => {
    const planned = withIntervention(withIntervention(spec, switchOf(2, 200)), switchOf(1, 100))
    expect(planned.interventions.map(({ step }) => step)).toEqual([100, 200])
  })
})
