import { type CurveSpec, canonicalCurve } from './curveSpec.ts'
import { equalData } from './equalData.ts'
import type { BackendChoice, DatasetSpec, ExperimentSpec, Recipe } from './experimentSpec.ts'
import { limits } from './limits.ts'
import { presetNamed } from './presets.ts'
import { type StudyKind, type StudyVariant, studyVariants } from './studyVariants.ts'
import { validateSpec } from './validateSpec.ts'

/** What all networks of a study have in common. */
export interface StudyBase {
  readonly dataset: DatasetSpec
  readonly width: ExperimentSpec['width']
  readonly recipe: Recipe
  /** The first seed; the others follow it. */
  readonly seed: number
  readonly backend: BackendChoice
}

/** A whole study: every variant of its kind at one depth, with several seeds. */
export interface StudyRequest {
  readonly kind: StudyKind
  readonly depth: number
  /** How many, 1 to 10. */
  readonly seeds: number
  readonly base: StudyBase
}

/** What became of one variant with one seed. Errors in percent: see `finalErrorsOf`. */
export type StudyResult =
  | {
      readonly kind: 'finished'
      readonly variant: string
      readonly seed: number
      readonly trainingError: number
      readonly validationError: number | null
    }
  | { readonly kind: 'diverged'; readonly variant: string; readonly seed: number; readonly sentence: string }

/** A study and what is known of it so far. */
export interface StudyRecord {
  readonly request: StudyRequest
  readonly results: readonly StudyResult[]
}

/** One experiment of a study: some variants, one seed. */
export interface StudyExperiment {
  readonly seed: number
  /** As `spec.networks`. */
  readonly variants: readonly StudyVariant[]
  readonly spec: ExperimentSpec
}

export const studySeeds = { min: 1, max: 10 } as const
export const defaultStudyDepth = 32
export const defaultStudySeeds = 3
/** Networks of one experiment: few, so that a first picture comes soon. */
const networksAtOnce = 4

export const studyBaseOf = ({ dataset, width, recipe, seed, backend }: ExperimentSpec): StudyBase => ({
  dataset,
  width,
  recipe,
  seed,
  backend,
})

/** The study as it is offered: the default preset's data and recipe at 32 layers. */
export const defaultStudy = (kind: StudyKind): StudyRequest => ({
  kind,
  depth: defaultStudyDepth,
  seeds: defaultStudySeeds,
  base: studyBaseOf(presetNamed('default').spec),
})

export const seedsOf = ({ base, seeds }: StudyRequest): readonly number[] => {
  const first = Math.min(base.seed, limits.seed.max - seeds + 1)
  return Array.from({ length: seeds }, (_, index) => first + index)
}

export const studyCurve = ({ depth }: StudyRequest, { curve }: StudyVariant): CurveSpec =>
  canonicalCurve({ depth, ...curve })

const specOf = (request: StudyRequest, seed: number, variants: readonly StudyVariant[]): ExperimentSpec => {
  const { dataset, width, recipe, backend } = request.base
  return {
    dataset,
    networks: variants.map((variant) => studyCurve(request, variant)),
    width,
    recipe,
    // A study reads the end only.
    evaluateEvery: recipe.steps,
    seed,
    interventions: [],
    backend,
  }
}

const resultFor = (results: readonly StudyResult[], variant: string, seed: number): StudyResult | undefined =>
  results.find((one) => one.variant === variant && one.seed === seed)

/** So many lists as are needed, of about equal length, dealt in turn: each holds good variants and bad ones. */
const dealt = (variants: readonly StudyVariant[]): readonly (readonly StudyVariant[])[] => {
  const count = Math.ceil(variants.length / networksAtOnce)
  return Array.from({ length: count }, (_, hand) => variants.filter((_, index) => index % count === hand))
}

/**
 * What is still to be run, seed by seed, so that the first seed already gives a whole picture. An experiment compares at least two
 * networks: a variant that is left alone gets one beside it that has finished already, or that nothing is known of.
 *
 * @param only names of the variants that are wanted; null: all
 */
export const missingExperiments = (
  { request, results }: StudyRecord,
  only: readonly string[] | null = null,
): readonly StudyExperiment[] => {
  const all = studyVariants(request.kind)
  return seedsOf(request).flatMap((seed) => {
    const missing = all.filter(
      ({ id }) => (only === null || only.includes(id)) && resultFor(results, id, seed) === undefined,
    )
    const [first] = missing
    const companion = all.find(
      ({ id }) => id !== first?.id && resultFor(results, id, seed)?.kind !== 'diverged',
    )
    const hands =
      missing.length === 1 && first !== undefined && companion !== undefined
        ? [[first, companion]]
        : dealt(missing)
    return hands.map((variants) => ({ seed, variants, spec: specOf(request, seed, variants) }))
  })
}

/** Results with new ones in the place of those of the same variant and seed. */
export const withResults = (record: StudyRecord, fresh: readonly StudyResult[]): StudyRecord => ({
  ...record,
  results: [
    ...record.results.filter(({ variant, seed }) => resultFor(fresh, variant, seed) === undefined),
    ...fresh,
  ],
})

/**
 * Whether results bring a study further. What runs only beside a variant that is left alone is known already: where such a run
 * gives nothing else, the same run would be missing for ever.
 */
export const isNewTo = ({ results }: StudyRecord, fresh: readonly StudyResult[]): boolean =>
  fresh.some(({ kind, variant, seed }) => resultFor(results, variant, seed)?.kind !== kind)

/** Whether results of one study are results of the other: all is equal but the number of seeds. */
export const isSameStudy = (a: StudyRequest, b: StudyRequest): boolean =>
  equalData({ ...a, seeds: 0 }, { ...b, seeds: 0 }) && seedsOf(a)[0] === seedsOf(b)[0]

/** A study to go on with: the results of an earlier one that it can use, or none. */
export const continuedStudy = (request: StudyRequest, earlier: StudyRecord | null): StudyRecord => {
  if (earlier === null || !isSameStudy(request, earlier.request)) return { request, results: [] }
  const seeds = seedsOf(request)
  return { request, results: earlier.results.filter(({ seed }) => seeds.includes(seed)) }
}

/** Why a study is not possible, sentences for people; none where it is. */
export const studyProblems = (request: StudyRequest): readonly string[] => {
  const { min, max } = studySeeds
  if (!Number.isInteger(request.seeds) || request.seeds < min || request.seeds > max)
    return [`A study has ${min} to ${max} seeds.`]
  const sentences = missingExperiments({ request: { ...request, seeds: 1 }, results: [] }).flatMap(
    ({ spec }) => {
      const validation = validateSpec(spec)
      return validation.ok ? [] : validation.sentences
    },
  )
  return [...new Set(sentences)]
}
