import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { activationOrders, type BlockType, blockTypes, shortcutTypes } from '../../domain/networkSpec.ts'
import { presetNamed } from '../../domain/presets.ts'
import { validateSpec } from '../../domain/validateSpec.ts'
import { commonOption } from './commonOption.ts'
import {
  changedDepths,
  commonStart,
  deepestOf,
  nearestDepth,
  withBlock,
  withOption,
  withStart,
} from './editFamily.ts'
import { refusalOf } from './refusalOf.ts'

const spec = presetNamed('default').spec
const withCurves = (...networks: CurveSpec[]): ExperimentSpec => ({ ...spec, networks })
const depthsOf = ({ networks }: ExperimentSpec) => networks.map((curve) => curve.depth)

describe('the block of all networks', () => {
  it('takes the depths to the nearest of its form, and back', () => {
    const bottleneck = withBlock(spec, 'bottleneck')
    expect(depthsOf(bottleneck)).toEqual([11, 29, 29])
    expect(changedDepths(spec, bottleneck)).toEqual([
      [8, 11],
      [32, 29],
    ])
    expect(withBlock(bottleneck, 'basic')).toEqual(spec)
    expect(depthsOf(withBlock(bottleneck, 'resnext'))).toEqual([11, 29, 29])
  })
  it('keeps depths apart that were apart, in their order', () => {
    const close = withCurves({ depth: 8, shortcut: 'none' }, { depth: 14, shortcut: 'none' })
    expect(depthsOf(withBlock(close, 'bottleneck'))).toEqual([11, 20])
    const depths = fc.uniqueArray(
      fc.integer({ min: 1, max: 80 }).map((blocks) => 6 * blocks + 2),
      { minLength: 2, maxLength: 6 },
    )
    fc.assert(
      fc.property(depths, fc.constantFrom<BlockType>('bottleneck', 'resnext'), (unequal, block) => {
        const before = withCurves(...unequal.map((depth): CurveSpec => ({ depth, shortcut: 'A' })))
        const after = withBlock(before, block)
        expect(validateSpec(after).ok).toBe(true)
        const order = (all: readonly number[]) =>
          all.map((depth) => all.filter((other) => other < depth).length)
        expect(order(depthsOf(after))).toEqual(order(depthsOf(before)))
      }),
    )
  })
  it('leaves stages that were spelled out, and counts their depth anew', () => {
    const resnets = withCurves(
      { depth: 18, shortcut: 'none', stages: [2, 2, 2, 2] },
      { depth: 34, shortcut: 'A', stages: [3, 4, 6, 3] },
    )
    const bottleneck = withBlock(resnets, 'bottleneck')
    expect(depthsOf(bottleneck)).toEqual([26, 50])
    expect(validateSpec(bottleneck).ok).toBe(true)
    expect(withBlock(bottleneck, 'basic')).toEqual(resnets)
  })
  it('gives the nearest depth of the form', () => {
    expect(nearestDepth('bottleneck', 110)).toBe(110)
    expect(nearestDepth('bottleneck', 1202)).toBe(1199)
    expect(nearestDepth('basic', 164)).toBe(164)
    expect(nearestDepth('basic', 2)).toBe(8)
  })
})

describe('options of all networks', () => {
  it('are the same in all, or said to differ', () => {
    expect(commonOption(spec, 'order')).toBe('original')
    const preact = withOption(spec, { order: 'full-preact' })
    expect(preact.networks.map(({ order }) => order)).toEqual(['full-preact', 'full-preact', 'full-preact'])
    expect(withOption(preact, { order: 'original' })).toEqual(spec)
    const study = withCurves({ depth: 32, shortcut: 'A' }, { depth: 32, shortcut: 'A', order: 'full-preact' })
    expect(commonOption(study, 'order')).toBeNull()
    // Networks that only the order tells apart would be one.
    expect(refusalOf(withOption(study, { order: 'original' }))).toContain('the same')
  })
  it('are refused with the reason, not made', () => {
    const noNorm = withOption(spec, { batchNorm: false })
    expect(refusalOf(noNorm)).toBeNull()
    expect(refusalOf(withOption(noNorm, { order: 'full-preact' }))).toContain('batch norm')
  })
  it('never make a network of another kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shortcutTypes),
        fc.constantFrom(...blockTypes),
        fc.constantFrom(...activationOrders),
        fc.boolean(),
        (shortcut, block, order, batchNorm) => {
          const start = withCurves({ depth: 8, shortcut: 'none' }, { depth: 32, shortcut })
          const edited = withOption(withBlock(start, block), { order, batchNorm })
          expect(edited.networks.map((curve) => curve.shortcut)).toEqual(['none', shortcut])
          expect(edited.networks.map(({ block: has = 'basic' }) => has)).toEqual([block, block])
        },
      ),
    )
  })
})

describe('the start of the weights', () => {
  it('is chosen for the networks with shortcuts and for the plain ones', () => {
    const zero = withStart(spec, 'residual', 'zero-gamma')
    expect(zero.networks.map(({ initialisation }) => initialisation)).toEqual([
      undefined,
      undefined,
      'zero-gamma',
    ])
    expect(commonStart(zero, 'residual')).toBe('zero-gamma')
    expect(commonStart(zero, 'plain')).toBe('he')
    const both = withStart(zero, 'plain', 'dirac')
    expect(both.networks.map(({ initialisation }) => initialisation)).toEqual([
      'dirac',
      'dirac',
      'zero-gamma',
    ])
    expect(refusalOf(both)).toBeNull()
  })
  it('knows the network that a remedy is compared with', () => {
    expect(deepestOf(spec, 'plain')).toEqual({ depth: 32, shortcut: 'none' })
    expect(deepestOf(spec, 'residual')).toEqual({ depth: 32, shortcut: 'A' })
    expect(deepestOf(withCurves({ depth: 8, shortcut: 'A' }), 'plain')).toBeNull()
  })
})
