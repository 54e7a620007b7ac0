import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAddition, type NetworkPlan } from '../../domain/networkPlan.ts'
import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { parametersOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { allPieces, blockPieces, type NetworkPart } from './blockPieces.ts'
import { pieceSentence, pieceText } from './pieceText.ts'

const base: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [2, 1],
  width: 8,
  imageSize: 12,
  channels: 3,
  classes: 10,
}
const planOf = (change: Partial<NetworkSpec>) => planLayers({ ...base, ...change })

const anySpec: fc.Arbitrary<NetworkSpec> = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  shortcut: fc.constantFrom(...shortcutTypes),
  initialisation: fc.constantFrom(...initialisations),
  batchNorm: fc.boolean(),
  cardinality: fc.constantFrom(1, 4),
  groupWidth: fc.constantFrom(2, 4),
  residualScale: fc.constantFrom(0.5, 1),
  shortcutScale: fc.constantFrom(0.5, 1),
  gateBias: fc.constantFrom(-6, 0, 2),
  dropRate: fc.constantFrom(0.2, 0.5),
  stem: fc.constantFrom('small' as const, 'large' as const),
  blocksPerStage: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
  width: fc.constantFrom(4, 8),
  imageSize: fc.constant(16),
  channels: fc.constant(3),
  classes: fc.constant(10),
})

const partsOf = (plan: NetworkPlan): readonly NetworkPart[] => [
  'stem',
  ...plan.blocks.map(({ index }) => index),
  'head',
]
const sentences = (plan: NetworkPlan, part: NetworkPart, strength: number): readonly string[] => {
  const block = typeof part === 'number' ? (plan.blocks[part] ?? null) : null
  return allPieces(blockPieces(plan, part)).map((piece) =>
    pieceSentence(pieceText(plan, block, piece, strength)),
  )
}

describe('blockPieces', () => {
  it('takes every operation of every network once, an addition as its parts', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plan = planLayers(spec)
        const pieces = partsOf(plan).flatMap((part) => allPieces(blockPieces(plan, part)))
        const drawn = pieces.filter(({ role }) => role === 'operation').map(({ operation }) => operation)
        expect(new Set(drawn)).toEqual(new Set(plan.operations.filter((operation) => !isAddition(operation))))
        expect(drawn).toHaveLength(new Set(drawn).size)
        const pluses = pieces.filter(({ role }) => role === 'plus')
        expect(pluses).toHaveLength(spec.shortcut === 'none' ? 0 : plan.blocks.length)
        expect(new Set(pieces.map(({ id }) => id)).size).toBe(pieces.length)
      }),
      { numRuns: 200 },
    )
  })

  it('branches the shortcut off x, a projection of full pre-activation off the first ReLU', () => {
    expect(blockPieces(planOf({}), 1).shortcutFrom).toBe(0)
    expect(blockPieces(planOf({ shortcut: 'B' }), 2).shortcutFrom).toBe(0)
    expect(blockPieces(planOf({ shortcut: 'B', order: 'full-preact' }), 2).shortcutFrom).toBe(2)
    expect(blockPieces(planOf({ shortcut: 'shortcut-gate', order: 'full-preact' }), 2).shortcutFrom).toBe(0)
  })

  it('puts what follows the addition after it', () => {
    const after = (order: NetworkSpec['order']) =>
      blockPieces(planOf({ order }), 1).after.map(({ operation }) => operation.kind)
    expect(activationOrders.map(after)).toEqual([['relu'], ['norm', 'relu'], [], [], []])
  })
})

// Thousands of pieces: a busy machine takes its time.
describe('pieceText', { timeout: 30_000 }, () => {
  it('explains every piece of every network in one line, with a formula and a paper', () => {
    fc.assert(
      fc.property(anySpec, fc.constantFrom(0, 0.5, 1), (spec, strength) => {
        const plan = planLayers(spec)
        for (const part of partsOf(plan))
          for (const piece of allPieces(blockPieces(plan, part))) {
            const block = typeof part === 'number' ? (plan.blocks[part] ?? null) : null
            const text = pieceText(plan, block, piece, strength)
            for (const words of Object.values(text))
              expect(words).not.toMatch(/^$|undefined|NaN|Infinity|-\d/)
            expect(text.paper).toMatch(/\b20\d\d\b/)
            expect(pieceSentence(text).length).toBeLessThan(170)
          }
      }),
      { numRuns: 200 },
    )
  })

  it('names what is special to each network', () => {
    const last = (change: Partial<NetworkSpec>, part: NetworkPart, strength = 1) =>
      sentences(planOf(change), part, strength).join('\n')
    expect(last({ shortcut: 'shortcut-gate' }, 1)).toContain(
      'Gate: g = σ(W · x + b); b starts at −6: without the weights g is 0.0025 (He 2016, section 3.1)',
    )
    expect(last({ shortcut: 'shortcut-gate' }, 1)).toContain('Gate on the shortcut: (1 − g) · x;')
    expect(last({ shortcut: 'exclusive-gate' }, 1)).toContain('Gate on F: g · F(x);')
    expect(last({}, 2)).toContain(
      'Zero padding: pad(x); every second pixel; zeros appended for the 8 new channels; no parameters (He 2015, section 3.3, option A)',
    )
    expect(last({ block: 'bottleneck' }, 0)).toContain('pad(x); zeros appended for the 24 new channels')
    expect(last({ shortcut: 'C' }, 1)).toContain('option C')
    expect(last({ shortcut: 'scaled' }, 1)).toContain('Scale of F: 0.5 · F(x); a constant')
    expect(last({ shortcut: 'scaled' }, 1, 0)).toContain('Scale of F: F(x); off')
    expect(last({ shortcut: 'dropout', dropRate: 0.2 }, 1)).toContain(
      '0 with probability 0.2, else divided by 0.8',
    )
    expect(last({ initialisation: 'zero-gamma' }, 1)).toContain('Goyal et al. 2017')
    expect(last({ initialisation: 'skipinit' }, 1)).toContain('α · F(x)')
    expect(last({ order: 'bn-after-add' }, 1)).toContain('it changes what the shortcut carried too')
    expect(last({ order: 'relu-before-add' }, 1)).toContain('F only adds')
    expect(last({ order: 'full-preact' }, 'head')).toContain('once after the last block')
    expect(last({ block: 'resnext' }, 0)).toContain('3×3 convolution in 4 groups')
    expect(last({}, 1, 0)).toContain('Identity shortcut: 0; off')
    expect(last({}, 1, 0.5)).toContain('Addition: F(x) + 0.50 · x')
  })

  it('says of a Dirac kernel what its numbers really start at', () => {
    const plan = planOf({ initialisation: 'dirac' })
    const starts = parametersOf(plan).flatMap(({ name, initial }) =>
      'value' in initial && /conv\d\.(identity|scale)$/.test(name) ? [initial.value] : [],
    )
    expect(new Set(starts)).toEqual(new Set([1, 0.1]))
    expect(sentences(plan, 1, 1)[0]).toContain('a starts at 1, b at 0.1')
  })
})
