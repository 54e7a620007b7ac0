import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf, type NetworkPlan } from '../../domain/networkPlan.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { parameterLayout, statisticsLayout } from '../flatLayout.ts'
import { randomSpec } from '../testing/randomSpec.ts'
import { channelLayout, channelLayouts, placeOf } from './channelLayout.ts'
import { layoutOf, paddedParameters, paddedStatistics } from './paddedLayout.ts'

const plans = fc.nat().map((seed) => planLayers(randomSpec(seed)))

describe('channels of an activation', () => {
  it('have places of their own, in the same order, each group at a multiple of four', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (groupChannels, groups) => {
          const layout = channelLayout(groups * groupChannels, groups)
          const places = Array.from({ length: layout.channels }, (_, channel) => placeOf(layout, channel))
          expect(new Set(places).size).toBe(layout.channels)
          expect(places.toSorted((a, b) => a - b)).toEqual(places)
          expect(Math.max(...places)).toBeLessThan(layout.padded)
          expect(layout.padded - layout.channels).toBeLessThan(4 * groups)
          for (let group = 0; group < groups; group++)
            expect(places[group * groupChannels]).toBe(group * layout.paddedGroup)
          expect(layout.paddedGroup % 4).toBe(0)
        },
      ),
      { seed: 1 },
    )
  })

  it('are padded alike wherever they are read value by value', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const layouts = channelLayouts(plan)
        for (const operation of plan.operations) {
          const output = layoutOf(layouts, operation.output)
          if (operation.kind === 'conv') {
            const input = layoutOf(layouts, operation.input)
            expect([input.channels, output.channels]).toEqual([
              operation.inputChannels,
              operation.outputChannels,
            ])
            if (operation.groups > 1)
              expect([input.groups, output.groups]).toEqual([operation.groups, operation.groups])
          } else if (
            operation.kind !== 'dense' &&
            operation.kind !== 'pool' &&
            operation.kind !== 'subsample-pad'
          )
            for (const name of inputsOf(operation)) expect(layoutOf(layouts, name), name).toEqual(output)
        }
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})

describe.each([
  ['parameters', paddedParameters, parameterLayout],
  ['statistics', paddedStatistics, statisticsLayout],
] as const)('the padded vector of %s', (_, padded, flat) => {
  const checked = (check: (plan: NetworkPlan) => void): void =>
    fc.assert(fc.property(plans, check), { numRuns: 100, seed: 1 })

  it('gives back what was put in, every number in a place of its own and zeros between', () => {
    checked((plan) => {
      const [layout, { size, entries }] = [padded(plan), flat(plan)]
      const numbers = Float32Array.from({ length: size }, (__, i) => i + 1)
      const whole = layout.pad(numbers)
      expect(whole).toHaveLength(layout.size)
      expect(layout.size % 4).toBe(0)
      expect(layout.unpad(whole).every((value, i) => value === numbers[i])).toBe(true)
      expect(whole.filter((value) => value !== 0)).toHaveLength(size)
      // Each tensor within its own rows.
      for (const { name, offset, size: count } of entries) {
        const tensor = layout.tensor(name)
        const own = whole.subarray(tensor.offset, tensor.offset + tensor.rows * tensor.rowFloats)
        const inside = own.filter((value) => value !== 0)
        expect(inside, name).toHaveLength(count)
        expect([Math.min(...inside), Math.max(...inside)], name).toEqual([offset + 1, offset + count])
        expect([tensor.offset % 4, tensor.rowFloats % 4]).toEqual([0, 0])
      }
      expect(layout.tensors.map(({ name }) => name)).toEqual(entries.map(({ name }) => name))
    })
  })

  it('takes no vector of another size', () => {
    checked((plan) => {
      const { size } = flat(plan)
      expect(() => padded(plan).pad(new Float32Array(size + 1))).toThrow(`should have ${size} values`)
      expect(() => padded(plan).tensor('nothing')).toThrow('no tensor called nothing')
    })
  })
})
