import { describe, expect, it } from 'vitest'
import { comparedNetworks } from './comparedNetworks.ts'
import type { CurveSpec } from './curveSpec.ts'
import { presetNamed } from './presets.ts'
import { runWith, switchMark } from './testing/madeRun.ts'
import { verdictOf } from './verdict.ts'

const plain = (depth: number, change: Partial<CurveSpec> = {}): CurveSpec => ({
  depth,
  shortcut: 'none',
  ...change,
})
const residual = (depth: number, change: Partial<CurveSpec> = {}): CurveSpec => ({
  depth,
  shortcut: 'A',
  ...change,
})
const base = presetNamed('default').spec
const verdictOn = (networks: readonly CurveSpec[], errors: readonly number[]) =>
  verdictOf(runWith(errors, { spec: { ...base, networks }, spread: 0 }))

describe('the networks that are compared', () => {
  const dirac = { initialisation: 'dirac' } as const
  const bottleneck = { block: 'bottleneck' } as const
  it.each<[string, readonly CurveSpec[], readonly (number | null)[]]>([
    ['the papers’ own', [plain(8), plain(32), residual(32)], [1, 0, 2]],
    ['full pre-activation', [plain(8), plain(32), residual(32, { order: 'full-preact' })], [1, 0, 2]],
    [
      'bottleneck blocks',
      [plain(11, bottleneck), plain(29, bottleneck), residual(29, bottleneck)],
      [1, 0, 2],
    ],
    // 20 layers are 3 · 6 + 2 and 2 · 9 + 2.
    ['a twin of other blocks is none', [plain(20), residual(20, bottleneck)], [0, null, null]],
    [
      'nor is a reference of other blocks one',
      [plain(8), plain(29, bottleneck), residual(29, bottleneck)],
      [1, null, 2],
    ],
    ['nor one without batch norm', [plain(8, { batchNorm: false }), plain(32)], [1, null, null]],
    ['nor one of other stages', [plain(8), plain(18, { stages: [2, 2, 2, 2] })], [1, null, null]],
    [
      'but four stages against four',
      [plain(18, { stages: [2, 2, 2, 2] }), plain(34, { stages: [3, 4, 6, 3] })],
      [1, 0, null],
    ],
    [
      'a ResNeXt of other groups is no twin',
      [plain(29, { block: 'resnext' }), residual(29, { block: 'resnext', cardinality: 8 })],
      [0, null, null],
    ],
    ['a plain remedy', [plain(32), plain(32, dirac)], [0, null, 1]],
    ['a plain remedy, in the other order', [plain(32, dirac), plain(32)], [1, null, 0]],
    ['a plain remedy beside a reference', [plain(8), plain(32, dirac), plain(32)], [2, 0, 1]],
    ['shortcuts before a plain remedy', [plain(8), plain(32), plain(32, dirac), residual(32)], [1, 0, 3]],
    [
      'the exact twin before one that starts otherwise',
      [plain(32), residual(32, { initialisation: 'zero-gamma' }), residual(32)],
      [0, null, 2],
    ],
    ['a twin that starts otherwise', [plain(32), residual(32, { initialisation: 'skipinit' })], [0, null, 1]],
    [
      'a plain network of another order is no remedy',
      [plain(32), plain(32, { order: 'full-preact' })],
      [0, null, null],
    ],
    ['shortcuts only', [residual(32), residual(32, { shortcut: 'C' })], [null, null, null]],
    ['a deeper one that stands alone', [plain(8), plain(32), residual(32), plain(56, dirac)], [1, 0, 2]],
  ])('%s', (_, networks, [plainIndex, reference, twin]) => {
    expect(comparedNetworks(networks)).toEqual({ plain: plainIndex, reference, twin })
  })
})

describe('the verdict on the family', () => {
  it.each<[string, readonly CurveSpec[], readonly number[], string]>([
    [
      'bottleneck blocks',
      [
        plain(11, { block: 'bottleneck' }),
        plain(29, { block: 'bottleneck' }),
        residual(29, { block: 'bottleneck' }),
      ],
      [30, 80, 20],
      'At 29 layers the plain bottleneck network trains to 80 % error; with shortcuts, the same network reaches 20 %.',
    ],
    [
      'full pre-activation',
      [plain(8), plain(32), residual(32, { order: 'full-preact' })],
      [30, 80, 28],
      'At 32 layers the plain network trains to 80 % error; with shortcuts and full pre-activation, it reaches 28 %.',
    ],
    [
      'another initialisation',
      [plain(32), residual(32, { initialisation: 'zero-gamma' })],
      [80, 40],
      'At 32 layers the plain network trains to 80 % error; with shortcuts and zero last gamma, it reaches 40 %.',
    ],
    [
      'SkipInit in the place of batch norm',
      [plain(32), residual(32, { initialisation: 'skipinit', batchNorm: false })],
      [80, 40],
      'At 32 layers the plain network trains to 80 % error; with shortcuts, SkipInit and no batch norm, it reaches 40 %.',
    ],
    [
      'a plain remedy',
      [plain(32), plain(32, { initialisation: 'dirac' })],
      [80, 40],
      'At 32 layers the plain network trains to 80 % error; with Dirac kernels, it reaches 40 %.',
    ],
    [
      'a remedy that does worse',
      [plain(8), plain(20), plain(20, { batchNorm: false })],
      [20, 40, 90],
      'At 20 layers the plain network trains to 40 % error; with no batch norm, it does worse: 90 %.',
    ],
    [
      'gates',
      [plain(32), residual(32, { shortcut: 'shortcut-gate' })],
      [80, 21],
      'At 32 layers the plain network trains to 80 % error; with shortcut-only gates, it reaches 21 %.',
    ],
    [
      'all without batch norm',
      [plain(8, { batchNorm: false }), plain(20, { batchNorm: false }), residual(20, { batchNorm: false })],
      [40, 90, 88],
      'At 20 layers the plain network without batch norm trains to 90 % error; with shortcuts, the same network is at 88 %.',
    ],
  ])('names what differs: %s', (_, networks, errors, sentence) => {
    expect(verdictOn(networks, errors).sentence).toBe(sentence)
  })

  it('says of what did not help what it was', () => {
    const networks = [plain(8), plain(32), residual(32, { shortcut: 'dropout' })]
    expect(verdictOn(networks, [30, 88, 89]).detail).toContain(
      'Here dropout on the shortcuts did not clearly help.',
    )
  })

  it('calls two of a pair by their names where they differ in more than shortcuts', () => {
    const networks = [plain(32), plain(32, { initialisation: 'dirac' })]
    expect(verdictOn(networks, [80, 79]).sentence).toContain(
      'plain-32 and plain-32-dirac cannot be told apart',
    )
  })

  it('does not call a shallower network of other blocks the same with fewer layers', () => {
    const verdict = verdictOn([plain(8), plain(29, { block: 'bottleneck' })], [20, 80])
    expect(verdict.degradation).toBeNull()
    expect(verdict.sentence).toBe('After 300 steps: plain-8 20 %, plain-29-bottleneck 80 % training error.')
    expect(verdict.detail).toContain('another depth, otherwise the same')
  })

  describe('where no plain network is', () => {
    const shortcuts = [
      residual(32),
      residual(32, { shortcut: 'shortcut-gate' }),
      residual(32, { shortcut: 'C' }),
    ]
    it('lists them, says which is lowest, and what it cannot tell from it', () => {
      const verdict = verdictOn(shortcuts, [20, 21, 61])
      expect(verdict.sentence).toBe(
        'After 300 steps: residual-32 20 %, residual-32-gate 21 %, residual-32-C 61 % training error.',
      )
      expect(verdict.detail).toBe(
        'residual-32 is lowest, but cannot be told apart from residual-32-gate; 1 seed. Degradation is about plain networks, and this experiment has none.',
      )
      expect(verdictOn(shortcuts, [40, 21, 61]).detail).toContain(
        'residual-32-gate is lowest, below residual-32 by 19 ± 0 points (standard error over the last 25 batches); 1 seed.',
      )
      expect(verdictOn(shortcuts, [20, 21, 22]).detail).toContain('They cannot be told apart; 1 seed.')
    })
    it('claims nothing of networks that a switch changed', () => {
      const run = runWith([20, 21, 61], {
        spec: { ...base, networks: shortcuts },
        spread: 0,
        marks: [switchMark(200, 0, 0)],
      })
      expect(verdictOf(run).detail).not.toMatch(/lowest|told apart/)
    })
  })

  it.each<[readonly CurveSpec[], string, string]>([
    [
      [plain(32), residual(32, { shortcut: 'shortcut-gate', order: 'full-preact' })],
      'Will 32 plain layers train to a lower error with shortcut-only gates and full pre-activation?',
      'Network 2 has the layers and the initial weights of network 1, and shortcut-only gates and full pre-activation besides.',
    ],
    [
      [plain(32), residual(32, { initialisation: 'zero-gamma' })],
      'Will 32 plain layers train to a lower error with shortcuts and zero last gamma?',
      'Network 2 has the layers of network 1, but with shortcuts A and zero last gamma.',
    ],
    [
      [plain(32), plain(32, { initialisation: 'dirac' })],
      'Will 32 plain layers train to a lower error with Dirac kernels?',
      'Network 2 has the layers of network 1, but with Dirac kernels.',
    ],
    [
      [plain(8), residual(164, { block: 'bottleneck' })],
      'How far does each of these networks train?',
      'All see the same batches',
    ],
  ])('asks before the run what it will show (%#)', (networks, question, shared) => {
    const verdict = verdictOf(runWith([], { spec: { ...base, networks }, steps: 0 }))
    expect(verdict.sentence).toBe(question)
    expect(verdict.detail).toContain(shared)
  })
})
