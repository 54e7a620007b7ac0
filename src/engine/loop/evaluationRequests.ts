import { createEvaluationSubsets } from '../../datasets/evaluationSubsets.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { EvaluationRequest } from '../executor.ts'

export type EvaluationImages = Omit<EvaluationRequest, 'shortcutStrengths'>

export interface EvaluationPlan {
  /** The fixed subsets of every evaluation. */
  readonly full: EvaluationImages
  /**
   * The beginning of them, for the evaluation before the first step: measured like any other, but nothing has been learned, so a
   * fifth of the images at a fifth of the cost says the same, and training begins sooner.
   */
  readonly beforeTraining: EvaluationImages
}

export const imagesBeforeTraining = 100
export const statisticsBatchesBeforeTraining = 2

export const planEvaluations = (
  spec: ExperimentSpec,
  trainingCount: number,
  validationCount: number,
): EvaluationPlan => {
  const full = createEvaluationSubsets({
    trainingCount,
    validationCount,
    batchSize: spec.recipe.batchSize,
    seed: spec.seed,
  })
  return {
    full,
    beforeTraining: {
      trainingIndices: full.trainingIndices.slice(0, imagesBeforeTraining),
      validationIndices: full.validationIndices.slice(0, imagesBeforeTraining),
      statisticsBatches: full.statisticsBatches.slice(0, statisticsBatchesBeforeTraining),
    },
  }
}
