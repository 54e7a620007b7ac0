import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import { presetNamed } from './presets.ts'
import {
  continuedStudy,
  defaultStudy,
  missingExperiments,
  type StudyRequest,
  type StudyResult,
  seedsOf,
  studyBaseOf,
  studyProblems,
  withResults,
} from './study.ts'
import { remainingCost } from './studyCost.ts'
import { resultsOfFailure, resultsOfRun } from './studyResults.ts'
import { parseStudy } from './studySchema.ts'
import { studyKinds, studyVariants } from './studyVariants.ts'
import { validateSpec } from './validateSpec.ts'

const finished = (variant: string, seed: number, trainingError = 50): StudyResult => ({
  kind: 'finished',
  variant,
  seed,
  trainingError,
  validationError: trainingError,
})

describe.each(studyKinds)('a study of %s', (kind) => {
  const request = defaultStudy(kind)
  const variants = studyVariants(kind)
  const experiments = missingExperiments({ request, results: [] })

  it('is a list of possible experiments, seed by seed, which train every variant once with every seed', () => {
    for (const { spec } of experiments) expect(validateSpec(spec)).toEqual({ ok: true, spec })
    expect(experiments.map(({ seed }) => seed)).toEqual(experiments.map(({ seed }) => seed).sort())
    const cells = experiments.flatMap((one) => one.variants.map(({ id }) => `${id}/${one.seed}`))
    expect(cells.toSorted()).toEqual(
      variants.flatMap(({ id }) => seedsOf(request).map((seed) => `${id}/${seed}`)).toSorted(),
    )
  })

  it('differs in its networks and its seed only', () => {
    for (const { spec, seed } of experiments) expect(studyBaseOf(spec)).toEqual({ ...request.base, seed })
  })

  it('has variants that are all different networks with labels and names of their own', () => {
    const networks = experiments.filter(({ seed }) => seed === 1).flatMap(({ spec }) => spec.networks)
    for (const texts of [
      networks.map(curveLabel),
      variants.map(({ id }) => id),
      variants.map(({ name }) => name),
    ])
      expect(new Set(texts).size).toBe(variants.length)
  })

  it('runs from any state what is missing and nothing else, with two to four networks each', () => {
    const cells = variants.flatMap(({ id }) => seedsOf(request).map((seed) => ({ id, seed })))
    fc.assert(
      fc.property(
        fc.subarray(cells),
        fc.array(fc.constantFrom('finished' as const, 'diverged' as const), {
          minLength: cells.length,
          maxLength: cells.length,
        }),
        (known, kinds) => {
          const results = known.map(
            ({ id, seed }, at): StudyResult =>
              kinds[at] === 'diverged'
                ? { kind: 'diverged', variant: id, seed, sentence: 'It broke.' }
                : finished(id, seed),
          )
          let record = { request, results }
          const first = missingExperiments(record)
          for (const { variants: chosen } of first) {
            expect(chosen.length).toBeLessThanOrEqual(4)
            const partners = variants.length - 1
            const stuck = results.filter((one) => one.kind === 'diverged').length >= partners
            if (!stuck) expect(chosen.length).toBeGreaterThanOrEqual(2)
          }
          expect(remainingCost(record).experiments).toBe(first.length)
          // As a study goes on: one experiment, and what is missing then.
          for (let count = 0; missingExperiments(record).length > 0; count++) {
            expect(count).toBeLessThan(first.length)
            const [next] = missingExperiments(record)
            if (next === undefined) break
            const fresh = next.variants.map(({ id }) => finished(id, next.seed))
            record = { request, results: [...withResults(record, fresh).results] }
          }
          expect(record.results).toHaveLength(cells.length)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is written as JSON and read again; what is not its own is left out', () => {
    const results = variants.map(({ id }, index) => finished(id, 1 + (index % 3)))
    const record = { request, results }
    expect(parseStudy(JSON.stringify(record))).toEqual(record)
    const strangers = [finished('unheard-of', 1), finished('none', 99), ...results, ...results.slice(0, 2)]
    expect(parseStudy(JSON.stringify({ request, results: strangers }))).toEqual(record)
  })
})

describe('what a study can be', () => {
  const request = defaultStudy('shortcuts')
  it.each<[string, Partial<StudyRequest>, string]>([
    ['a depth between the forms', { depth: 30 }, '6n + 2'],
    ['no seed', { seeds: 0 }, '1 to 10 seeds'],
    ['too many seeds', { seeds: 11 }, '1 to 10 seeds'],
    ['half a seed', { seeds: 1.5 }, '1 to 10 seeds'],
  ])('is not %s', (_, change, words) => {
    expect(studyProblems({ ...request, ...change }).join()).toContain(words)
  })
  it('has possible seeds whatever the first', () => {
    const base = { ...request.base, seed: 2_147_483_647 }
    expect(studyProblems({ ...request, base })).toEqual([])
    expect(seedsOf({ ...request, base })).toEqual([2_147_483_645, 2_147_483_646, 2_147_483_647])
  })
  it.each(['', '{}', '[]', '3', '{"request":3,"results":[]}', null])('is not %j', (text) => {
    expect(parseStudy(text)).toBeNull()
  })
  it('is not read with numbers that are no errors', () => {
    const results = [{ ...finished('A', 1), trainingError: 101 }]
    expect(parseStudy(JSON.stringify({ request, results }))).toBeNull()
  })
})

describe('going on with a study', () => {
  const request = defaultStudy('shortcuts')
  const earlier = { request, results: [finished('A', 1), finished('A', 3)] }
  it('takes over what belongs to it, with more seeds or fewer', () => {
    expect(continuedStudy(request, earlier).results).toEqual(earlier.results)
    expect(continuedStudy({ ...request, seeds: 5 }, earlier).results).toEqual(earlier.results)
    expect(continuedStudy({ ...request, seeds: 1 }, earlier).results).toEqual([finished('A', 1)])
  })
  it('takes nothing from another study', () => {
    const quick = studyBaseOf(presetNamed('quick').spec)
    expect(continuedStudy({ ...request, depth: 20 }, earlier).results).toEqual([])
    expect(continuedStudy({ ...request, base: quick }, earlier).results).toEqual([])
    expect(continuedStudy({ ...request, base: { ...request.base, seed: 2 } }, earlier).results).toEqual([])
  })
  it('runs only the variants that are asked for', () => {
    const [first, ...rest] = missingExperiments({ request: { ...request, seeds: 1 }, results: [] }, [
      'none',
      'A',
    ])
    expect(first?.variants.map(({ id }) => id)).toEqual(['A', 'none'])
    expect(rest).toEqual([])
  })
})

describe('what an experiment adds', () => {
  const [experiment] = missingExperiments({ request: defaultStudy('shortcuts'), results: [] })
  if (experiment === undefined) throw new Error('the study is empty')
  const errors = experiment.variants.map((_, index) => 10 * index)
  it('is the final errors of every network', () => {
    const steps = Array.from({ length: 30 }, (_, step) => ({
      step: step + 1,
      trainingErrors: step < 5 ? errors.map(() => 90) : errors,
      losses: errors,
    }))
    const added = resultsOfRun(experiment, { steps, evaluations: [] })
    expect(added).toEqual(
      experiment.variants.map(({ id }, index) => ({
        ...finished(id, 1, 10 * index),
        validationError: null,
      })),
    )
  })
  it('is the network that diverged, or nothing where no network is to blame', () => {
    const failure = { kind: 'diverged', sentence: 'It broke.', network: 1 } as const
    expect(resultsOfFailure(experiment, failure)).toEqual([
      { kind: 'diverged', variant: experiment.variants[1]?.id, seed: 1, sentence: 'It broke.' },
    ])
    expect(resultsOfFailure(experiment, { ...failure, network: null })).toEqual([])
    expect(resultsOfFailure(experiment, { ...failure, kind: 'out-of-memory' })).toEqual([])
  })
})
