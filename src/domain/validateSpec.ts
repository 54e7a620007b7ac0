import * as v from 'valibot'
import { curveLabel } from './curveLabel.ts'
import { blockCountOf } from './curveSpec.ts'
import { experimentSchema } from './experimentSchema.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import type { Intervention } from './interventions.ts'
import { cifarImageSizes, maxTrainingImagesAt32 } from './limits.ts'

export type Validation =
  | { readonly ok: true; readonly spec: ExperimentSpec }
  | { readonly ok: false; readonly sentences: readonly string[] }

/**
 * Checks anything that claims to be an experiment. What comes back is a clean copy with sorted interventions, or sentences
 * that say what is wrong, for people. Never throws.
 */
export const validateSpec = (candidate: unknown): Validation => {
  const result = v.safeParse(experimentSchema, candidate)
  if (!result.success)
    return { ok: false, sentences: [...new Set(result.issues.map(({ message }) => message))] }
  const spec: ExperimentSpec = result.output
  const sentences = combinationSentences(spec)
  return sentences.length === 0 ? { ok: true, spec } : { ok: false, sentences }
}

/** What is wrong with an intervention in this experiment, a sentence; null when it fits. */
export const interventionProblem = (spec: ExperimentSpec, intervention: Intervention): string | null => {
  if (intervention.step >= spec.recipe.steps)
    return `A change is set for after step ${intervention.step}, but the run has only ${spec.recipe.steps} steps.`
  if (intervention.kind === 'learningRate') return null
  const curve = spec.networks[intervention.network]
  if (curve === undefined)
    return `A switch is set for network ${intervention.network + 1}, but there are only ${spec.networks.length}.`
  const blocks = blockCountOf(curve)
  const missing =
    intervention.blocks === 'all' ? undefined : intervention.blocks.find((block) => block >= blocks)
  return missing === undefined
    ? null
    : `A switch is set for block ${missing + 1} of ${curveLabel(curve)}, which has only ${blocks} blocks.`
}

/** The experiment without the interventions that do not fit it any more, for edits that take networks, blocks or steps away. */
export const dropImpossibleInterventions = (spec: ExperimentSpec): ExperimentSpec => {
  const interventions = spec.interventions.filter((one) => interventionProblem(spec, one) === null)
  return interventions.length === spec.interventions.length ? spec : { ...spec, interventions }
}

const combinationSentences = (spec: ExperimentSpec): readonly string[] => {
  const { dataset, recipe } = spec
  const sentences: string[] = []
  if (dataset.source === 'cifar10' && !cifarImageSizes.some((size) => size === dataset.imageSize))
    sentences.push(
      `CIFAR-10 comes at ${cifarImageSizes.join(' or ')} pixels, not ${dataset.imageSize}: its 32×32 images are averaged 2×2.`,
    )
  if (dataset.imageSize === 32 && dataset.trainingImages > maxTrainingImagesAt32)
    sentences.push(
      `At 32×32 at most ${maxTrainingImagesAt32} training images fit in memory, not ${dataset.trainingImages}.`,
    )
  if (recipe.batchSize > dataset.trainingImages)
    sentences.push(
      `A batch of ${recipe.batchSize} is larger than the ${dataset.trainingImages} training images.`,
    )
  for (const intervention of spec.interventions) {
    const problem = interventionProblem(spec, intervention)
    if (problem !== null) sentences.push(problem)
  }
  return sentences
}
