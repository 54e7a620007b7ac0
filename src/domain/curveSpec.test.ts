import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import { curveProblem } from './curveProblem.ts'
import { curveSchema } from './curveSchema.ts'
import { blockCountOf, blocksPerStageOf, type CurveSpec, canonicalCurve, optionsOf } from './curveSpec.ts'
import { curveWords } from './curveWords.ts'
import { depthProblem, depthRange } from './depthProblem.ts'
import { depthOf } from './networkSpec.ts'
import { choicesOfCurve, chosenCurve, meaningfulKinds } from './testing/chosenCurve.ts'

const anyCurve = fc.array(fc.nat(), { minLength: choicesOfCurve, maxLength: choicesOfCurve }).map(chosenCurve)
const sentencesOf = (candidate: unknown): readonly string[] => {
  const result = v.safeParse(curveSchema, candidate)
  return result.success ? [] : result.issues.map(({ message }) => message)
}
const residual = (change: Partial<CurveSpec> = {}): CurveSpec => ({ depth: 32, shortcut: 'A', ...change })

describe('a curve of the family', () => {
  it('is accepted as it is, whatever it is', () => {
    fc.assert(
      fc.property(anyCurve, (curve) => {
        expect(v.safeParse(curveSchema, curve)).toMatchObject({ success: true, output: curve })
        expect(canonicalCurve(curve)).toEqual(curve)
        expect(depthOf(optionsOf(curve).block, blocksPerStageOf(curve))).toBe(curve.depth)
        expect(blockCountOf(curve)).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('has one form: what is at its default or means nothing is left out', () => {
    const written: CurveSpec = {
      depth: 20,
      shortcut: 'B',
      block: 'basic',
      order: 'original',
      batchNorm: true,
      initialisation: 'he',
      cardinality: 8,
      groupWidth: 4,
      residualScale: 2,
      shortcutScale: 2,
      gateBias: 3,
      dropRate: 0.1,
      stages: [3, 3, 3],
    }
    expect(v.parse(curveSchema, written)).toEqual({ depth: 20, shortcut: 'B' })
    const gated = v.parse(curveSchema, residual({ shortcut: 'shortcut-gate', gateBias: -0 }))
    expect(Object.is(gated.gateBias, 0)).toBe(true)
  })

  it.each<[string, unknown, string]>([
    [
      'a depth between',
      residual({ depth: 33 }),
      'form 6n + 2, from 8 to 1202; the nearest to 33 are 32 and 38.',
    ],
    [
      'a depth between, three layers',
      residual({ depth: 32, block: 'bottleneck' }),
      'form 9n + 2 with three-layer blocks, from 11 to 1199; the nearest to 32 are 29 and 38.',
    ],
    ['the smallest basic depth in three layers', residual({ depth: 8, block: 'resnext' }), '8 is outside'],
    ['a depth above the greatest', residual({ depth: 1200, block: 'resnext' }), '1200 is outside'],
    ['half a layer', residual({ depth: 8.5 }), 'are 8 and 14'],
    ['no number', { depth: '32', shortcut: 'A' }, 'not "32"'],
    ['no depth', { shortcut: 'A' }, 'lacks the setting "depth"'],
    ['an unknown block', { ...residual(), block: 'wide' }, 'basic, bottleneck or resnext, not "wide"'],
    ['an unknown order', { ...residual(), order: 'preact' }, 'full-preact, not "preact"'],
    ['an unknown initialisation', { ...residual(), initialisation: 'glorot' }, 'he, zero-gamma'],
    ['an unknown setting', { ...residual(), bias: 1 }, 'no setting called "bias"'],
    ['a text for a switch', { ...residual(), batchNorm: 'no' }, 'on or off, not "no"'],
    ['no group', residual({ block: 'resnext', depth: 29, cardinality: 0 }), 'Cardinality must be'],
    ['33 groups', residual({ block: 'resnext', depth: 29, cardinality: 33 }), 'from 1 to 32, not 33'],
    ['half a channel', residual({ block: 'resnext', depth: 29, groupWidth: 0.5 }), 'width of a group'],
    ['F times 0', residual({ shortcut: 'scaled', residualScale: 0 }), 'above 0 and at most 2, not 0'],
    ['a shortcut times 2.1', residual({ shortcut: 'scaled', shortcutScale: 2.1 }), 'factor of the shortcut'],
    ['a bias of 21', residual({ shortcut: 'shortcut-gate', gateBias: 21 }), 'from -20 to 20, not 21'],
    ['a bias that is no number', residual({ gateBias: Number.NaN }), 'not NaN'],
    ['a dropout of all', residual({ shortcut: 'dropout', dropRate: 1 }), 'below 1, not 1'],
    ['a dropout below 0', residual({ shortcut: 'dropout', dropRate: -0.1 }), 'at least 0'],
    ['no stage', residual({ stages: [] }), '1 to 5 stages, not 0'],
    ['six stages', residual({ stages: [1, 1, 1, 1, 1, 1] }), '1 to 5 stages, not 6'],
    ['a stage without blocks', residual({ stages: [3, 0, 3] }), 'blocks in a stage'],
    ['stages of another depth', residual({ depth: 20, stages: [2, 2, 2, 2] }), 'make a depth of 18, not 20'],
    ['equal stages of another depth', residual({ depth: 20, stages: [2, 2, 2] }), 'depth of 14, not 20'],
    ['stages without end', residual({ depth: 1204, stages: [600, 1] }), 'make 1204 layers; at most 1202'],
  ])('is refused in a sentence: %s', (_, candidate, part) => {
    const sentences = sentencesOf(candidate)
    expect(sentences.join(' ')).toContain(part)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('may have the depths of its form and no others', () => {
    expect(depthRange('basic')).toEqual({ min: 8, max: 1202 })
    expect(depthRange('bottleneck')).toEqual({ min: 11, max: 1199 })
    const depths = Array.from({ length: 1300 }, (_, depth) => depth)
    const accepted = (block: 'basic' | 'resnext') =>
      depths.filter((depth) => depthProblem({ depth, block }) === null)
    expect(accepted('basic')).toEqual(Array.from({ length: 200 }, (_, i) => 6 * (i + 1) + 2))
    expect(accepted('resnext')).toEqual(Array.from({ length: 133 }, (_, i) => 9 * (i + 1) + 2))
  })
})

describe('a combination that means nothing', () => {
  it.each<[string, CurveSpec, string]>([
    [
      'batch norm after the addition, without batch norm',
      residual({ order: 'bn-after-add', batchNorm: false }),
      'original order',
    ],
    [
      'full pre-activation without batch norm',
      residual({ order: 'full-preact', batchNorm: false }),
      'ReLU-only',
    ],
    [
      'zero last gamma without batch norm',
      residual({ initialisation: 'zero-gamma', batchNorm: false }),
      'SkipInit',
    ],
    [
      'zero last gamma without shortcuts',
      residual({ shortcut: 'none', initialisation: 'zero-gamma' }),
      'nothing would pass',
    ],
    [
      'SkipInit without shortcuts',
      residual({ shortcut: 'none', initialisation: 'skipinit' }),
      'nothing would pass',
    ],
    [
      'zero last gamma, batch norm after the addition',
      residual({ order: 'bn-after-add', initialisation: 'zero-gamma' }),
      'ends in a convolution',
    ],
    [
      'zero last gamma before a ReLU',
      residual({ order: 'relu-before-add', initialisation: 'zero-gamma' }),
      'stay 0',
    ],
    [
      'zero last gamma in full pre-activation',
      residual({ order: 'full-preact', initialisation: 'zero-gamma' }),
      'stay 0',
    ],
  ])('is refused: %s', (_, curve, part) => {
    expect(curveProblem(curve)).toContain(part)
    expect(sentencesOf(curve)).toEqual([curveProblem(curve)])
    expect(curveProblem(curve)).toMatch(/^[A-Z].*\.$/)
  })

  it.each<Partial<CurveSpec>>([
    { initialisation: 'zero-gamma', order: 'relu-only-preact' },
    { initialisation: 'skipinit', batchNorm: false },
    { initialisation: 'skipinit', order: 'full-preact' },
    { initialisation: 'dirac', shortcut: 'none' },
    { initialisation: 'dirac', shortcut: 'none', batchNorm: false },
    { shortcut: 'none', order: 'full-preact' },
    { batchNorm: false, order: 'relu-before-add' },
  ])('is not one of these: %j', (change) => {
    expect(sentencesOf(residual(change))).toEqual([])
  })

  it('leaves most of the family', () => {
    // Of 15 blocks and orders: 8 shortcuts, with batch norm 4 and without it 3 of 5 orders; see the sentences for what is out.
    const withNorm = 15 * 8 * 4 - 15 * 2 - 3 * 3 * 7
    const without = 9 * 8 * 3 - 9
    expect(meaningfulKinds).toHaveLength(withNorm + without)
  })
})

describe('names of a curve', () => {
  it.each<[CurveSpec, string, string]>([
    [{ depth: 32, shortcut: 'none' }, 'plain-32', 'no shortcuts'],
    [residual(), 'residual-32', 'shortcuts A'],
    [residual({ shortcut: 'B' }), 'residual-32-B', 'shortcuts B'],
    [
      { depth: 164, shortcut: 'A', block: 'bottleneck', order: 'full-preact' },
      'residual-164-bottleneck-preact',
      'shortcuts A, bottleneck blocks, full pre-activation',
    ],
    [residual({ shortcut: 'shortcut-gate' }), 'residual-32-gate', 'shortcut-only gates, bias −6'],
    [
      residual({ shortcut: 'shortcut-gate', gateBias: 0 }),
      'residual-32-gate0',
      'shortcut-only gates, bias 0',
    ],
    [residual({ shortcut: 'exclusive-gate' }), 'residual-32-exclusive', 'exclusive gates, bias −6'],
    [residual({ shortcut: 'scaled' }), 'residual-32-scaled', 'scaled shortcuts, 0.5 F + 0.5 x'],
    [
      residual({ shortcut: 'scaled', shortcutScale: 1 }),
      'residual-32-scaled-f0.5-s1',
      'scaled shortcuts, 0.5 F + 1 x',
    ],
    [residual({ shortcut: 'dropout' }), 'residual-32-dropout', 'dropout on the shortcuts, rate 0.5'],
    [
      residual({ shortcut: 'dropout', dropRate: 0.2 }),
      'residual-32-dropout0.2',
      'dropout on the shortcuts, rate 0.2',
    ],
    [residual({ initialisation: 'zero-gamma' }), 'residual-32-zero-gamma', 'shortcuts A, zero last gamma'],
    [{ depth: 32, shortcut: 'none', initialisation: 'dirac' }, 'plain-32-dirac', 'no shortcuts, Dirac'],
    [{ depth: 32, shortcut: 'none', batchNorm: false }, 'plain-32-no-bn', 'no shortcuts, no batch norm'],
    [
      residual({ order: 'bn-after-add' }),
      'residual-32-bn-after-add',
      'shortcuts A, batch norm after the addition',
    ],
    [
      { depth: 29, shortcut: 'B', block: 'resnext', cardinality: 8 },
      'residual-29-B-resnext-8x4d',
      'shortcuts B, ResNeXt blocks 8×4d',
    ],
    [
      { depth: 18, shortcut: 'none', stages: [2, 2, 2, 2] },
      'plain-18-stages2.2.2.2',
      'no shortcuts, stages of 2, 2, 2, 2 blocks',
    ],
  ])('%j is %s', (curve, label, words) => {
    expect(curveLabel(curve)).toBe(label)
    expect(curveWords(curve).join(', ')).toBe(words)
  })

  it('differ where the curves differ, and only there', () => {
    const byLabel = new Map<string, CurveSpec>()
    fc.assert(
      fc.property(fc.array(anyCurve, { minLength: 2, maxLength: 20 }), (curves) => {
        for (const curve of curves) {
          const label = curveLabel(curve)
          expect(byLabel.get(label) ?? curve).toEqual(curve)
          byLabel.set(label, curve)
        }
      }),
    )
    const ofOneDepth = meaningfulKinds.map((kind) => curveLabel({ ...kind, depth: 38 }))
    expect(new Set(ofOneDepth).size).toBe(meaningfulKinds.length)
  })

  it('are words that can stand in a file name or a column head', () => {
    fc.assert(
      fc.property(anyCurve, (curve) => {
        expect(curveLabel(curve)).toMatch(/^(plain|residual)-[\w.-]+$/)
      }),
    )
  })
})
