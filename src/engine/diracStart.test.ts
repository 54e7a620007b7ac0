import { describe, expect, it } from 'vitest'
import type { ConvOperation } from '../domain/networkPlan.ts'
import { sidesOf, valueAt } from './testing/PlainTensor.ts'
import { correlations, patchNorms, relativeChange } from './testing/passedOn.ts'
import { keepsDimensions, labSpec, type PlainStart, plainStart } from './testing/plainStart.ts'

const seeds = [1, 2, 3] as const

describe('Dirac-parameterised plain networks (Zagoruyko & Komodakis 2017)', { timeout: 30_000 }, () => {
  const plainDirac = (batchNorm: boolean, seed: number): PlainStart =>
    plainStart(
      labSpec({ shortcut: 'none', initialisation: 'dirac', batchNorm, blocksPerStage: [3, 3] }),
      seed,
      2,
    )

  it.each(seeds)(
    'move no value further than a tenth of what its kernel sees, without batch norm: seed %i',
    (seed) => {
      const start = plainDirac(false, seed)
      const convs = start.plan.operations.filter(
        (operation): operation is ConvOperation =>
          operation.kind === 'conv' &&
          operation.block !== null &&
          operation.inputChannels === operation.outputChannels,
      )
      expect(convs).toHaveLength(11)
      for (const { input, output } of convs) {
        const [x, y] = [start.read(input), start.read(output)]
        const norms = patchNorms(x)
        const [, , , channels] = sidesOf(x)
        // By Cauchy and Schwarz: b = 0.1, and each output channel's W/‖W‖ has length 1.
        const isWithin = y.values.every((value, index) => {
          const bound = 0.1 * valueAt(norms, Math.floor(index / channels))
          return Math.abs(value - valueAt(x.values, index)) <= bound * (1 + 1e-6) + 1e-12
        })
        expect(isWithin, output).toBe(true)
      }
      // Measured 0.11 to 0.15: two convolutions, each of a tenth, in directions of their own.
      for (const block of start.plan.blocks.filter(keepsDimensions)) {
        const change = relativeChange(start.inputOf(block), start.outputOf(block))
        expect(change).toBeGreaterThan(0.05)
        expect(change).toBeLessThan(0.2)
      }
    },
  )

  it.each(seeds)('pass each channel on through batch norm, where He-normal mixes them: seed %i', (seed) => {
    const dirac = plainDirac(true, seed)
    const he = plainStart(labSpec({ shortcut: 'none', blocksPerStage: [3, 3] }), seed, 2)
    for (const block of dirac.plan.blocks.filter(keepsDimensions)) {
      // Measured 0.92 or more: what is lost is what lies below a channel's mean.
      const passed = correlations(dirac.inputOf(block), dirac.outputOf(block))
      expect(Math.min(...passed)).toBeGreaterThan(0.85)
      const mixed = correlations(he.inputOf(block), he.outputOf(block))
      expect(Math.abs(mixed.reduce((sum, value) => sum + value, 0) / mixed.length)).toBeLessThan(0.3)
    }
  })
})
