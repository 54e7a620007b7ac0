import * as v from 'valibot'
import { datasetSchema, recipeSchema } from './experimentSchema.ts'
import { backendChoices } from './experimentSpec.ts'
import { limits, widths } from './limits.ts'
import { type StudyRecord, seedsOf, studyProblems, studySeeds } from './study.ts'
import { studyKinds, studyVariants } from './studyVariants.ts'

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100))
const seed = v.pipe(v.number(), v.integer(), v.minValue(limits.seed.min), v.maxValue(limits.seed.max))
const short = v.pipe(v.string(), v.maxLength(1000))

const requestSchema = v.strictObject({
  kind: v.picklist(studyKinds),
  depth: v.pipe(v.number(), v.integer()),
  seeds: v.pipe(v.number(), v.integer(), v.minValue(studySeeds.min), v.maxValue(studySeeds.max)),
  base: v.strictObject({
    dataset: datasetSchema,
    width: v.picklist(widths),
    recipe: recipeSchema,
    seed,
    backend: v.picklist(backendChoices),
  }),
})

const resultSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('finished'),
    variant: short,
    seed,
    trainingError: percent,
    validationError: v.nullable(percent),
  }),
  v.strictObject({ kind: v.literal('diverged'), variant: short, seed, sentence: short }),
])

const recordSchema = v.object({ request: requestSchema, results: v.array(resultSchema) })

/**
 * A study out of JSON that anybody may have written; null where it is none. Results that do not belong to it, and all but the
 * first of a variant and a seed, are left out.
 */
export const parseStudy = (text: string | null): StudyRecord | null => {
  let candidate: unknown
  try {
    candidate = JSON.parse(text ?? 'null')
  } catch {
    return null
  }
  const parsed = v.safeParse(recordSchema, candidate)
  if (!parsed.success || studyProblems(parsed.output.request).length > 0) return null
  const { request, results } = parsed.output
  const wanted = new Set(
    seedsOf(request).flatMap((one) => studyVariants(request.kind).map(({ id }) => `${id}/${one}`)),
  )
  return {
    request,
    results: results.filter((result) => wanted.delete(`${result.variant}/${result.seed}`)),
  }
}
