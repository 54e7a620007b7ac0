import { describe, expect, it } from 'vitest'
import { trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { presetNamed } from '../../domain/presets.ts'
import { arrange, closeUpPanels } from './closeUpPanels.ts'

const spec = presetNamed('default').spec
const plans = spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve)))

describe('closeUpPanels', () => {
  it('shows what is pointed at, and nothing that is not there', () => {
    expect(closeUpPanels(plans, { pinned: null, pointed: { network: 0, part: 2 } })).toEqual([
      { network: 0, part: 2 },
    ])
    expect(closeUpPanels(plans, { pinned: null, pointed: { network: 0, part: 3 } })).toEqual([])
    expect(closeUpPanels(plans, { pinned: { network: 7, part: 'head' }, pointed: null })).toEqual([])
  })

  it('stands the same block of plain and residual beside each other', () => {
    const both = [
      { network: 1, part: 9 },
      { network: 2, part: 9 },
    ]
    for (const pinned of both) expect(closeUpPanels(plans, { pinned, pointed: null })).toEqual(both)
    // The shallow network has no counterpart.
    expect(closeUpPanels(plans, { pinned: { network: 0, part: 1 }, pointed: null })).toHaveLength(1)
  })

  it('stands beside it what is pointed at', () => {
    const pinned = { network: 2, part: 9 }
    const pointed = { network: 0, part: 1 }
    expect(closeUpPanels(plans, { pinned, pointed })).toEqual([pointed, pinned])
  })
})

describe('arrange', () => {
  const drawn = (network: number, width: number, height: number) => ({
    network,
    part: 0,
    figure: { width, height, pieces: [], wires: [], ends: [] },
  })

  it('puts drawings beside each other, under one another, or leaves all but the pinned one', () => {
    const lying = [drawn(0, 500, 90), drawn(1, 520, 90)]
    expect(arrange(lying, lying[1] ?? null, 1100, 40)).toEqual({ panels: lying, isStacked: false })
    expect(arrange(lying, lying[1] ?? null, 1000, 40)).toEqual({ panels: lying, isStacked: true })
    const upright = [drawn(0, 180, 300), drawn(1, 180, 300)]
    expect(arrange(upright, upright[1] ?? null, 356, 40)).toEqual({
      panels: upright.slice(1),
      isStacked: false,
    })
  })
})
