import { evaluationImages, statisticsBatches } from '../domain/experimentSpec.ts'
import { randomStream, shuffle } from '../domain/random.ts'

/** The images that every evaluation of an experiment uses: always the same, so that two evaluations can be compared. */
export interface EvaluationSubsets {
  readonly trainingIndices: Int32Array
  readonly validationIndices: Int32Array
  /** Batches of training images from which batch-norm statistics are recomputed. */
  readonly statisticsBatches: readonly Int32Array[]
}

const shuffledIndices = (count: number, seed: number, name: string): Int32Array =>
  shuffle(
    randomStream(seed, name),
    Int32Array.from({ length: count }, (_, i) => i),
  )

export interface EvaluationSubsetsRequest {
  readonly trainingCount: number
  readonly validationCount: number
  readonly batchSize: number
  readonly seed: number
}

/** At most `evaluationImages` of each split, and `statisticsBatches` batches; fewer where the training images do not suffice. */
export const createEvaluationSubsets = (request: EvaluationSubsetsRequest): EvaluationSubsets => {
  const { trainingCount, validationCount, batchSize, seed } = request
  const statistics = shuffledIndices(trainingCount, seed, 'evaluation/statistics')
  const batches = Math.min(statisticsBatches, Math.floor(trainingCount / batchSize))
  return {
    trainingIndices: shuffledIndices(trainingCount, seed, 'evaluation/training').slice(0, evaluationImages),
    validationIndices: shuffledIndices(validationCount, seed, 'evaluation/validation').slice(
      0,
      evaluationImages,
    ),
    statisticsBatches: Array.from({ length: batches }, (_, i) =>
      statistics.slice(i * batchSize, (i + 1) * batchSize),
    ),
  }
}
