import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import { type CurveSpec, canonicalCurve } from './curveSpec.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import type { Intervention } from './interventions.ts'
import { presetNamed } from './presets.ts'
import type { RunStatus } from './run.ts'
import { choicesOfCurve, chosenCurve, meaningfulKinds } from './testing/chosenCurve.ts'
import { type Made, runWith, switchMark } from './testing/madeRun.ts'
import { verdictOf } from './verdict.ts'

const base = presetNamed('default').spec
const pairSpec = presetNamed('pair').spec
const withNetworks = (...networks: readonly CurveSpec[]): ExperimentSpec => ({ ...base, networks })
const plain = (depth: number): CurveSpec => ({ depth, shortcut: 'none' })
const residual = (depth: number, shortcut: 'A' | 'B' | 'C' = 'A'): CurveSpec => ({ depth, shortcut })

describe('the verdict on a finished run', () => {
  it('tells the story of the default experiment, coloured by network', () => {
    const verdict = verdictOf(runWith([30, 88, 18], { spread: 0 }))
    expect(verdict.degradation).toBe(true)
    expect(verdict.sentence).toBe(
      'At 32 layers the plain network trains to 88 % error; with shortcuts, the same network reaches 18 %.',
    )
    expect(verdict.parts.filter(({ kind }) => kind === 'network')).toEqual([
      { kind: 'network', network: 1, text: '88 %' },
      { kind: 'network', network: 2, text: '18 %' },
    ])
    expect(verdict.detail).toBe(
      'The shallow plain network is at 30 % after the same 300 steps: adding layers made training worse, by 58 ± 0 points (standard error over the last 25 batches). Degradation, 1 seed.',
    )
  })

  // Means over seeds that were measured in an independent implementation; seeds differ more than these synthetic minibatches do.
  it.each<[string, ExperimentSpec, number, number[], boolean | null]>([
    ['digits, 300 steps', base, 300, [26, 86, 20], true],
    ['digits, 300 steps, the worst seed', base, 300, [26, 53, 20], true],
    ['digits, 150 steps', base, 150, [63, 89, 55], true],
    ['digits, 600 steps', base, 600, [8, 57, 5], true],
    ['digits, 2,500 steps', base, 2500, [0, 6.5, 0], true],
    ['quick', presetNamed('quick').spec, 150, [54, 86, 43], true],
    ['CIFAR-10, 400 steps', base, 400, [54, 72, 53], true],
    ['CIFAR-10, 1,500 steps', base, 1500, [28.3, 57.7, 12.8], true],
    ['fractals', base, 300, [32, 77, 18], true],
    ['depth 56', presetNamed('deep').spec, 400, [17, 90.4, 18.6], true],
    ['depth 14', withNetworks(plain(8), plain(14), residual(14)), 300, [26, 22, 16], false],
    ['depth 20, mean', withNetworks(plain(8), plain(20), residual(20)), 300, [26, 39, 18], true],
    [
      'depth 20, the negative seed',
      withNetworks(plain(8), plain(20), residual(20)),
      300,
      [26, 25, 18],
      false,
    ],
    ['depth 20, 2,500 steps', withNetworks(plain(8), plain(20), residual(20)), 2500, [0, 1.5, 0], false],
    ['pair', pairSpec, 300, [39, 18], null],
    ['20 steps', base, 20, [90, 90, 89], null],
    ['one step', base, 1, [92, 89, 88], null],
    ['a rate at which nothing learns', base, 300, [90, 90, 90], null],
    ['a reference that has not learned', base, 300, [88, 90, 40], null],
  ])('as measured: %s', (_, spec, steps, errors, degradation) => {
    const verdict = verdictOf(runWith(errors, { spec, steps }))
    expect(verdict.degradation).toBe(degradation)
    expect(`${verdict.sentence} ${verdict.detail}`).toMatch(
      new RegExp(`after (the same )?${steps} steps?\\b`, 'i'),
    )
  })

  it.each<[string, number[], Made, string[]]>([
    [
      '20 steps show nothing',
      [90, 90, 90],
      { steps: 20 },
      ['no network has learned anything yet: this run shows nothing'],
    ],
    [
      'a gap inside the spread',
      [20, 26, 18],
      { spread: 40 },
      ['not shown in this run', 'inside the spread', '1 seed'],
    ],
    [
      'a gap too small to matter',
      [20, 23, 18],
      { spread: 0 },
      ['not shown in this run', 'The gap is only 3'],
    ],
    ['a deeper network that is better', [26, 15, 12], {}, ['better, not worse', '15 %', '26 %']],
    ['shortcuts that do not help', [20, 70, 69], {}, ['is at 69 %', 'did not clearly help']],
    ['shortcuts that hurt', [20, 60, 85], {}, ['does worse: 85 %', 'did not clearly help']],
    [
      'shortcuts with parameters are not the same network',
      [20, 80, 30],
      { spec: withNetworks(plain(8), plain(32), residual(32, 'C')) },
      ['with shortcuts C, it reaches 30 %'],
    ],
    [
      'no residual network',
      [20, 80],
      { spec: withNetworks(plain(8), plain(32)) },
      ['80 %', 'the one of 8 at 20 %', 'Degradation'],
    ],
    ['a pair', [39, 18], { spec: pairSpec }, ['reaches 18 %', 'add a plain network of another depth']],
    ['a pair alike', [19, 18.6], { spec: pairSpec }, ['cannot be told apart', 'too small to call']],
    ['a pair, residual worse', [18, 40], { spec: pairSpec }, ['does worse: 40 %']],
    [
      'no plain network',
      [20, 30],
      { spec: withNetworks(residual(8), residual(32)) },
      ['residual-8 20 %, residual-32 30 %', 'this experiment has none'],
    ],
    [
      'the deepest plain network against the shallowest',
      [90, 60, 20],
      { spec: withNetworks(plain(56), plain(20), plain(8)), spread: 0 },
      ['plain network of 56 layers is at 90 %', 'the one of 8 at 20 %'],
    ],
    [
      'a run that was stopped',
      [26, 86, 20],
      { steps: 180, status: 'stopped' },
      [
        'After 180 steps the plain network of 32 layers is at 86 % error; with shortcuts, the same network is at 20 %.',
        'same 180 steps',
        'The run ended after 180 of 300 steps',
      ],
    ],
  ])('%s', (_, errors, made, parts) => {
    const { sentence, detail } = verdictOf(runWith(errors, { spread: 0, ...made }))
    for (const part of parts) expect(`${sentence} ${detail}`).toContain(part)
  })

  it('compares batch by batch: what makes a batch hard for both is no spread of the gap', () => {
    const run = runWith((step) => [30 + (step % 2) * 20, 38 + (step % 2) * 20, 20], { spread: 0 })
    expect(verdictOf(run)).toMatchObject({ degradation: true })
    expect(verdictOf(run).detail).toContain('8 ± 0 points')
  })

  it('looks at the end only', () => {
    expect(
      verdictOf(runWith((step) => (step <= 275 ? [20, 90, 10] : [20, 21, 10]), { spread: 1 })).degradation,
    ).toBe(false)
  })
})

describe('the verdict before and during a run', () => {
  it('is a question before the first step', () => {
    expect(verdictOf(runWith([0, 0, 0], { steps: 0, status: 'preparing' }))).toMatchObject({
      kind: 'question',
      degradation: null,
      sentence: 'Will 32 plain layers train to a lower error than 8?',
    })
    expect(verdictOf(runWith([0, 0], { steps: 0, spec: pairSpec })).sentence).toBe(
      'Will 20 plain layers train to a lower error with shortcuts?',
    )
    expect(
      verdictOf(runWith([], { steps: 0, spec: withNetworks(residual(8), residual(14)) })).sentence,
    ).toMatch(/\?$/)
  })

  it.each<RunStatus>(['running', 'paused'])(
    'says where the networks are while it is %s, and judges nothing',
    (status) => {
      const verdict = verdictOf(runWith([26, 86, 20], { steps: 150, status, spread: 0 }))
      expect(verdict).toMatchObject({
        kind: 'live',
        degradation: null,
        sentence:
          'After 150 of 300 steps the plain network of 32 layers is at 86 % error; with shortcuts, the same network is at 20 %.',
      })
      expect(verdict.detail).toContain('no verdict yet')
    },
  )

  it('says so while nothing is learned', () => {
    expect(verdictOf(runWith([90, 90, 90], { steps: 40, status: 'running' })).sentence).toBe(
      'After 40 of 300 steps no network has learned anything yet.',
    )
  })
})

describe('the verdict where shortcuts were switched', () => {
  const fadedOut = { marks: [switchMark(300, 2, 0, 100)], steps: 500, spread: 0 }

  it('ends the comparison at the switch, and says so', () => {
    const verdict = verdictOf(runWith((step) => (step <= 300 ? [26, 86, 20] : [10, 60, 25]), fadedOut))
    expect(verdict.degradation).toBe(true)
    expect(verdict.sentence).toBe(
      'After 300 steps the plain network of 32 layers was at 86 % error; with shortcuts, the same network was at 20 %.',
    )
    expect(verdict.detail).toContain('was at 26 % after the same 300 steps')
    expect(verdict.detail).toContain(
      'After 300 steps the shortcuts of network 3 (residual-32) were switched off, over 100 steps; after 500 steps it is at 25 %.',
    )
  })

  it('judges what was before a switch although the run goes on', () => {
    expect(verdictOf(runWith([26, 86, 20], { ...fadedOut, steps: 320, status: 'running' })).degradation).toBe(
      true,
    )
  })

  it('does not call a plain network plain after its shortcuts came on', () => {
    const run = runWith((step) => (step <= 200 ? [40, 90, 30] : [20, 22, 15]), {
      marks: [switchMark(200, 1, 1)],
      spread: 0,
    })
    const verdict = verdictOf(run)
    expect(verdict.degradation).toBe(true)
    expect(verdict.sentence).toContain('After 200 steps')
    expect(verdict.detail).toContain('network 2 (plain-32) were switched on')
  })

  it('says nothing where a plain network had shortcuts from the start', () => {
    const spec: ExperimentSpec = {
      ...base,
      interventions: [{ kind: 'shortcuts', step: 0, network: 1, blocks: 'all', to: 1, overSteps: 0 }],
    }
    expect(verdictOf(runWith([26, 20, 20], { spec }))).toMatchObject({
      degradation: null,
      kind: 'nothing-learned',
    })
  })

  it('compares the plain networks where only the residual one was switched too early', () => {
    const verdict = verdictOf(runWith([26, 86, 86], { marks: [switchMark(5, 2, 0)], spread: 0 }))
    expect(verdict.degradation).toBe(true)
    expect(verdict.sentence).toContain('After 300 steps the plain network of 32 layers is at 86 %')
    expect(verdict.sentence).not.toContain('with shortcuts')
    expect(verdict.detail).toContain('network 3 (residual-32) were switched off')
  })

  it.each<[string, Intervention]>([
    [
      'on where they are on',
      { kind: 'shortcuts', step: 100, network: 2, blocks: 'all', to: 1, overSteps: 0 },
    ],
    [
      'off where there are none',
      { kind: 'shortcuts', step: 100, network: 1, blocks: 'all', to: 0, overSteps: 0 },
    ],
    [
      'later than the run came',
      { kind: 'shortcuts', step: 300, network: 1, blocks: 'all', to: 1, overSteps: 0 },
    ],
    ['not at all: a learning rate', { kind: 'learningRate', step: 100, to: 0.1 }],
  ])('is not moved by shortcuts switched %s', (_, intervention) => {
    const spec = { ...base, interventions: [intervention] }
    const errors = [26, 86, 20]
    expect(verdictOf(runWith(errors, { spec }))).toEqual(verdictOf(runWith(errors)))
  })
})

describe('the verdict on a run that broke', () => {
  it('names the network that diverged', () => {
    const failure = { kind: 'diverged' as const, sentence: '', network: 2 }
    expect(verdictOf(runWith([26, 86, 20], { steps: 40, status: 'failed', failure }))).toMatchObject({
      kind: 'diverged',
      degradation: null,
      sentence: 'residual-32 diverged at step 41: its loss is no longer a number.',
    })
  })
  it('sees a loss that is no number by itself', () => {
    const run = runWith([26, 86, 20], { steps: 40, status: 'failed' })
    const steps = run.steps.map((point, i) => (i === 39 ? { ...point, losses: [1, Number.NaN, 1] } : point))
    expect(verdictOf({ ...run, steps })).toMatchObject({
      kind: 'diverged',
      degradation: null,
      sentence: 'plain-32 diverged at step 40: its loss is no longer a number.',
    })
  })
  it('counts a step of which nothing was seen', () => {
    const failure = { kind: 'diverged' as const, sentence: '', network: null }
    expect(verdictOf(runWith([], { steps: 0, status: 'failed', failure }))).toMatchObject({
      kind: 'diverged',
      sentence: 'A network diverged at step 1: its loss is no longer a number.',
    })
  })
})

describe('whatever the run', () => {
  const simpleCurve: fc.Arbitrary<CurveSpec> = fc.record({
    depth: fc.constantFrom(8, 14, 20, 32),
    shortcut: fc.constantFrom('none' as const, 'A' as const, 'C' as const),
  })
  const kinOfOneDepth = fc.constantFrom(
    ...meaningfulKinds
      .filter(({ block }) => block === 'basic')
      .map((kind) => canonicalCurve({ ...kind, depth: 20 })),
  )
  const anyCurve = fc
    .array(fc.nat(), { minLength: choicesOfCurve, maxLength: choicesOfCurve })
    .map(chosenCurve)
  const anyRun = fc.record({
    networks: fc.uniqueArray(fc.oneof(simpleCurve, kinOfOneDepth, anyCurve), {
      minLength: 2,
      maxLength: 6,
      selector: curveLabel,
    }),
    errors: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 6, maxLength: 6 }),
    steps: fc.integer({ min: 0, max: 120 }),
    spread: fc.double({ min: 0, max: 30, noNaN: true }),
    status: fc.constantFrom<RunStatus>('preparing', 'running', 'paused', 'finished', 'failed', 'stopped'),
    marks: fc.array(
      fc
        .tuple(fc.nat(130), fc.nat(5), fc.constantFrom(0 as const, 1 as const), fc.nat(50))
        .map((args) => switchMark(...args)),
      { maxLength: 3 },
    ),
  })
  it('speaks in whole sentences without holes, and its parts are its sentence', () => {
    fc.assert(
      fc.property(anyRun, ({ networks, errors, ...made }) => {
        const spec = { ...base, networks }
        const verdict = verdictOf(runWith(errors.slice(0, networks.length), { ...made, spec }))
        const all = `${verdict.sentence} ${verdict.detail}`
        expect(verdict.parts.map(({ text }) => text).join('')).toBe(verdict.sentence)
        expect(verdict.sentence).toMatch(/[.?]$/)
        expect(all).not.toMatch(/NaN|undefined|null|Infinity| {2}|\.\.|-0 %/)
        expect(verdict.degradation === true).toBe(verdict.kind === 'degradation')
        expect(verdict.degradation === false).toBe(verdict.kind === 'not-shown')
        if (made.steps < 25) expect(verdict.degradation).toBeNull()
      }),
      { numRuns: 400 },
    )
  })
})
