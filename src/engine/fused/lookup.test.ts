import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parametersOf, statisticsOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomSpec } from '../testing/randomSpec.ts'
import { buildDiracRoles } from './lookup.ts'
import { atlasWidth } from './partials.ts'
import { planGroup } from './planGroup.ts'
import { entryNamed } from './stateLayout.ts'

const anySpec = fc.nat().map(randomSpec)
const anyTargets = fc.constantFrom(4 as const, 8 as const)
const networks = 3

describe('the lookup of gradients and statistics', () => {
  it('names for every number an atlas cell of its own, for every network inside the atlas', () => {
    fc.assert(
      fc.property(anySpec, anyTargets, (spec, targets) => {
        const plan = planLayers(spec)
        const request = { plan, networks, images: 8, limits: { maxTextureSide: 8192, targets } }
        const { layout, lookup, keptNamed } = planGroup(request)
        const texels = layout.width * layout.lines
        const places = new Set<string>()
        let numbers = 0
        const placeAll = (name: string, atlas: 'gradients' | 'moments'): void => {
          for (const at of entryNamed(layout, name).floats) {
            const texel = at >> 2
            const [x = -1, y = -1, parts = 0, code = 0] = lookup.subarray(4 * texel, 4 * texel + 4)
            const kind = lookup[4 * (texels + texel)]
            const target = code & 7
            places.add([atlas, x, y, target, at & 3, kind].join())
            numbers++
            const lastLine = y + (networks - 1) * (code >> 7)
            if (x + parts > atlasWidth || lastLine >= keptNamed(atlas).height || target >= targets)
              expect.fail(`${name} at ${at}`)
          }
        }
        for (const { name } of parametersOf(plan))
          if (!name.endsWith('.identity') && !name.endsWith('.scale')) placeAll(name, 'gradients')
        for (const { name } of statisticsOf(plan))
          for (const moment of ['mean', 'variance']) placeAll(`${name}.${moment}`, 'moments')
        expect(places.size).toBe(numbers)
      }),
      { numRuns: 15 },
    )
  }, 30_000)

  it('says of statistics of which kind they are, and of nothing else', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plan = planLayers(spec)
        const limits = { maxTextureSide: 8192, targets: 8 } as const
        const { layout, lookup } = planGroup({ plan, networks, images: 8, limits })
        const kinds = lookup.subarray(lookup.length / 2)
        for (const { name, first, texels } of layout.entries.values()) {
          const kind = name.endsWith('.mean') ? 1 : name.endsWith('.variance') ? 2 : 0
          const isRunning = layout.statistics.has(name)
          for (let texel = first; texel < first + texels; texel++)
            if (kinds[4 * texel] !== (isRunning ? kind : 0)) expect.fail(`${name}, texel ${texel}`)
        }
      }),
      { numRuns: 10 },
    )
  }, 30_000)
})

describe('the roles of a Dirac kernel', () => {
  it('put one identity in each output channel that has an input channel of its number', () => {
    fc.assert(
      fc.property(anySpec, (any) => {
        const plan = planLayers({ ...any, initialisation: 'dirac' })
        const limits = { maxTextureSide: 8192, targets: 8 } as const
        const { layout } = planGroup({ plan, networks: 1, images: 8, limits })
        const roles = buildDiracRoles(layout, plan)
        for (const conv of plan.operations) {
          if (conv.kind !== 'conv' || conv.kernel !== 'dirac') continue
          const kernel = entryNamed(layout, conv.name)
          const identities = [...kernel.floats].map((at) => ((roles[4 * (at >> 2) + 2] ?? 0) >> (at & 3)) & 1)
          const inputs = conv.inputChannels / conv.groups
          const outputs = conv.outputChannels / conv.groups
          const taps = conv.kernelSize ** 2
          // [tap, input channel of a group, output channel].
          const expected = identities.map((_, at) => {
            const channel = at % conv.outputChannels
            const input = Math.floor(at / conv.outputChannels) % inputs
            const tap = Math.floor(at / (conv.outputChannels * inputs))
            return tap === (taps - 1) / 2 && input === channel % outputs ? 1 : 0
          })
          expect(identities, conv.name).toEqual(expected)
        }
      }),
      { numRuns: 10 },
    )
  }, 30_000)
})
