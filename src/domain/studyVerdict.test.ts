import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultStudy, type StudyRecord, type StudyResult } from './study.ts'
import { studyGroups } from './studyGroups.ts'
import { studyRows } from './studySummary.ts'
import { type StudyKind, studyVariants } from './studyVariants.ts'
import { studyVerdict } from './studyVerdict.ts'

/** Three seeds with exactly this mean and sample deviation. */
const around = (mean: number, deviation: number): readonly number[] => [
  mean - deviation,
  mean,
  mean + deviation,
]

const recordOf = (
  errors: Readonly<Record<string, readonly number[]>>,
  kind: StudyKind = 'shortcuts',
): StudyRecord => ({
  request: defaultStudy(kind),
  results: Object.entries(errors).flatMap(([variant, values]) =>
    values.map(
      (trainingError, index): StudyResult => ({
        kind: 'finished',
        variant,
        seed: index + 1,
        trainingError,
        validationError: null,
      }),
    ),
  ),
})

/** Means and deviations that were measured in an independent implementation: depth 32, 300 steps, 3 seeds. */
const measured = {
  A: around(20, 4),
  B: around(32, 10),
  'shortcut-gate-6': around(21, 9),
  preact: around(28, 5),
  scaled: around(58, 12),
  'shortcut-gate-0': around(60, 13),
  C: around(61, 10),
  'exclusive-gate-0': around(73, 9),
  'exclusive-gate-6': around(88, 1),
  dropout: around(90, 1),
  none: around(86, 3),
}

const idsOf = (rows: ReturnType<typeof studyRows>): readonly string[] => rows.map(({ variant }) => variant.id)

describe('the groups of a study', () => {
  it('are those that were measured', () => {
    const { groups, atChance, left } = studyGroups(studyRows(recordOf(measured), 'published'))
    expect(groups.map(idsOf)).toEqual([
      ['A', 'shortcut-gate-6', 'preact', 'B'],
      ['scaled', 'shortcut-gate-0', 'C', 'exclusive-gate-0'],
    ])
    expect(idsOf(atChance)).toEqual(['none', 'exclusive-gate-6', 'dropout'])
    expect(left).toEqual([])
  })
  it('are one where the spread is as large as the differences', () => {
    const wide = Object.fromEntries(Object.keys(measured).map((id, i) => [id, around(25 + 4 * i, 20)]))
    expect(studyGroups(studyRows(recordOf(wide), 'here')).groups).toHaveLength(1)
  })
  it('are none where one run of the better ended above one of the worse', () => {
    const apart = { A: [20, 21, 22], B: [21, 22, 23], C: [40, 41, 42], scaled: [41, 42, 43] }
    const groupsOf = (errors: Readonly<Record<string, readonly number[]>>) =>
      studyGroups(studyRows(recordOf(errors), 'here')).groups.map(idsOf)
    expect(groupsOf(apart)).toEqual([
      ['A', 'B'],
      ['C', 'scaled'],
    ])
    expect(groupsOf({ ...apart, A: [10, 11, 40.5] })).toHaveLength(1)
  })
  it('are told apart beside a variant that one seed decides', () => {
    const errors = { A: [16, 14, 20], B: [21, 18, 22], scaled: [42, 36, 45], 'shortcut-gate-0': [64, 79, 50] }
    expect(studyGroups(studyRows(recordOf(errors), 'here')).groups.map(idsOf)[0]).toEqual(['A', 'B'])
  })
  it('count a difference of a few points as none, however small the spread', () => {
    const near = { A: [20, 20, 20], B: [24, 24, 24], C: [30, 30, 30] }
    expect(studyGroups(studyRows(recordOf(near), 'here')).groups.map(idsOf)).toEqual([['A', 'B'], ['C']])
  })
  it('leave out what has too few seeds, and what diverged', () => {
    const record = recordOf({ ...measured, B: [30, 31] })
    const diverged = { kind: 'diverged', variant: 'A', seed: 3, sentence: 'It broke.' } as const
    const results = [...record.results.filter(({ variant, seed }) => variant !== 'A' || seed < 3), diverged]
    const { groups, left } = studyGroups(studyRows({ ...record, results }, 'published'))
    expect(idsOf(left).toSorted()).toEqual(['A', 'B'])
    expect(idsOf(groups.flat())).not.toContain('A')
  })
  it('hold each variant once, in order, with every difference between groups beyond the least gap', () => {
    const anyErrors = fc.dictionary(
      fc.constantFrom(...Object.keys(measured)),
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 3 }),
    )
    fc.assert(
      fc.property(anyErrors, (errors) => {
        const rows = studyRows(recordOf(errors), 'here')
        const { groups, atChance, left } = studyGroups(rows)
        expect([...groups.flat(), ...atChance, ...left]).toHaveLength(rows.length)
        const means = groups.map((group) => group.map(({ training }) => training?.mean ?? Number.NaN))
        means.slice(1).forEach((group, at) => {
          expect(Math.min(...group) - Math.max(...(means[at] ?? []))).toBeGreaterThanOrEqual(5)
        })
        const runs = groups.map((group) => group.flatMap(({ variant }) => errors[variant.id] ?? []))
        runs.slice(1).forEach((group, at) => {
          expect(Math.min(...group)).toBeGreaterThan(Math.max(...(runs[at] ?? [])))
        })
      }),
    )
  })
})

describe('what may be said of a study', () => {
  it('names the groups and claims no order inside', () => {
    expect(studyVerdict(recordOf(measured))).toEqual({
      sentence:
        'A, shortcut gate −6, full pre-activation and B (20 to 32 % training error) train better than scaled 0.5, shortcut gate 0, C and exclusive gate 0 (58 to 73 %); none, exclusive gate −6 and dropout 0.5 end on average within 10 points of chance (90 %).',
      detail:
        'At 32 layers after 300 steps, 3 seeds. Every run of a group ended below every run of the next; no order is claimed inside a group.',
    })
  })
  it('is nothing while there are few seeds', () => {
    const few = Object.fromEntries(Object.entries(measured).map(([id, values]) => [id, values.slice(0, 2)]))
    expect(studyVerdict(recordOf(few)).sentence).toMatch(/nothing can be claimed yet/)
    expect(studyVerdict(recordOf({})).sentence).toMatch(/nothing can be claimed yet/)
  })
  it.each<[string, Record<string, readonly number[]>, string]>([
    [
      'no difference',
      { A: around(20, 5), B: around(22, 5) },
      'no difference among them is beyond the spread',
    ],
    [
      'nothing learned',
      { A: around(89, 1), B: around(88, 1) },
      'A end on average within 10 points of chance',
    ],
    [
      'one that learned',
      { A: around(20, 5), none: around(89, 1) },
      'A trains to 20 % error; none ends on average within',
    ],
    ['an incomplete study', { A: around(20, 5), C: around(60, 5) }, 'The study is not complete.'],
  ])('%s', (_, errors, words) => {
    const { sentence, detail } = studyVerdict(recordOf(errors))
    expect(`${sentence} ${detail}`).toContain(words)
  })
  it.each([
    ['A', 'A'],
    ['preact', 'Full pre-activation'],
  ])('tells what diverged: %s', (variant, name) => {
    const record = recordOf(measured)
    const diverged = { kind: 'diverged', variant, seed: 2, sentence: 'It broke.' } as const
    const results = record.results.map((one) => (one.variant === variant && one.seed === 2 ? diverged : one))
    const { sentence, detail } = studyVerdict({ ...record, results })
    expect(detail).toContain(`. ${name} diverged with seed 2.`)
    expect(sentence.toLowerCase()).not.toMatch(new RegExp(`(^|, )${name.toLowerCase()}(,| and)`))
  })
})

describe('the rows of a study', () => {
  it('come in the published order or in that found here, each variant once', () => {
    const record = recordOf(measured)
    expect(idsOf(studyRows(record, 'here')).slice(0, 4)).toEqual(['A', 'shortcut-gate-6', 'preact', 'B'])
    expect(idsOf(studyRows(record, 'published'))).toEqual([
      'preact',
      'A',
      'shortcut-gate-6',
      'exclusive-gate-6',
      'C',
      'scaled',
      'shortcut-gate-0',
      'exclusive-gate-0',
      'dropout',
      'none',
      'B',
    ])
    for (const order of ['here', 'published'] as const)
      expect(studyRows(recordOf({}, 'orders'), order)).toHaveLength(studyVariants('orders').length)
  })
  it('have mean, extremes and sample deviation of the seeds', () => {
    const [row] = studyRows(recordOf({ A: [10, 20, 30] }), 'here')
    expect(row?.training).toEqual({ mean: 20, least: 10, most: 30, deviation: 10, count: 3 })
    expect(row?.validation).toBeNull()
  })
})
