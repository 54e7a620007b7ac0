import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parametersOf, sizeOf, statisticsOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomSpec } from '../testing/randomSpec.ts'
import { runTexels } from './shaders/convShader.ts'
import { stateLayoutOf } from './stateLayout.ts'

describe('state layout', () => {
  it('has a place of its own for every parameter and statistic of any network of the family', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plan = planLayers(randomSpec(seed))
        const { entries, width, lines } = stateLayoutOf(plan, 2, 8192)
        const taken = new Set<number>()
        let numbers = 0
        for (const { first, texels, floats } of entries.values()) {
          numbers += floats.length
          for (const at of floats) taken.add(at)
          expect(floats.every((at) => at >> 2 >= first && at >> 2 < first + texels)).toBe(true)
          expect(first + texels).toBeLessThanOrEqual(width * lines)
        }
        expect(taken.size).toBe(numbers)
        const counted =
          parametersOf(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0) +
          statisticsOf(plan).reduce((sum, { channels }) => sum + 2 * channels, 0)
        expect(numbers).toBe(counted)
      }),
      { numRuns: 60 },
    )
  })

  it('breaks no run of matrices at the end of a line', () => {
    const plan = planLayers({ ...randomSpec(1), width: 8, block: 'bottleneck' })
    const { entries, width } = stateLayoutOf(plan, 1, 8192)
    for (const operation of plan.operations) {
      if (operation.kind !== 'conv') continue
      const length = runTexels(operation.kernelSize)
      expect((entries.get(operation.name)?.first ?? 1) % length).toBe(0)
      expect(width % length).toBe(0)
    }
  })

  it('makes lines longer where there would be more than the device has', () => {
    const plan = planLayers({ ...randomSpec(1), width: 8 })
    const { lines } = stateLayoutOf(plan, 4, 8192)
    const folded = stateLayoutOf(plan, 4, Math.max(1024, 2 * lines))
    expect(folded.lines * 4).toBeLessThanOrEqual(Math.max(1024, 2 * lines))
  })
})
