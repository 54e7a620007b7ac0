import { describe, expect, it } from 'vitest'
import { createEvaluationSubsets } from './evaluationSubsets.ts'

const request = { trainingCount: 5000, validationCount: 2000, batchSize: 64, seed: 1 }

describe('createEvaluationSubsets', () => {
  it('takes 500 different images of each split and 8 batches', () => {
    const { trainingIndices, validationIndices, statisticsBatches } = createEvaluationSubsets(request)
    expect(new Set(trainingIndices).size).toBe(500)
    expect(new Set(validationIndices).size).toBe(500)
    expect(Math.max(...validationIndices)).toBeLessThan(2000)
    expect(Math.max(...trainingIndices)).toBeGreaterThan(2000)
    expect(statisticsBatches.map((batch) => batch.length)).toEqual(Array(8).fill(64))
    expect(new Set(statisticsBatches.flatMap((batch) => [...batch])).size).toBe(8 * 64)
  })

  it('is the same for the same seed, and depends on it', () => {
    expect(createEvaluationSubsets(request)).toEqual(createEvaluationSubsets(request))
    expect(createEvaluationSubsets(request)).not.toEqual(createEvaluationSubsets({ ...request, seed: 2 }))
  })

  it('takes all there are of a small set', () => {
    const { trainingIndices, validationIndices, statisticsBatches } = createEvaluationSubsets({
      trainingCount: 200,
      validationCount: 30,
      batchSize: 64,
      seed: 1,
    })
    expect([trainingIndices.length, validationIndices.length, statisticsBatches.length]).toEqual([200, 30, 3])
  })
})
