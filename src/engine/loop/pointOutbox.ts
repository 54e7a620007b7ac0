import type { EvaluationPoint, StepPoint } from '../../domain/run.ts'

/** Collects points and lets them go in batches. */
export interface PointOutbox {
  readonly add: (steps: readonly StepPoint[], evaluations: readonly EvaluationPoint[]) => void
  /** Lets go now what is there, for a pause or the end. */
  readonly flush: () => void
}

const shortestMs = 100

/** At most ten times a second, the first at once. */
export const createPointOutbox = (
  clock: () => number,
  send: (steps: readonly StepPoint[], evaluations: readonly EvaluationPoint[]) => void,
): PointOutbox => {
  let steps: StepPoint[] = []
  let evaluations: EvaluationPoint[] = []
  let lastSent = Number.NEGATIVE_INFINITY

  const flush = (): void => {
    if (steps.length === 0 && evaluations.length === 0) return
    lastSent = clock()
    send(steps, evaluations)
    steps = []
    evaluations = []
  }

  return {
    add: (newSteps, newEvaluations) => {
      steps.push(...newSteps)
      evaluations.push(...newEvaluations)
      if (clock() - lastSent >= shortestMs) flush()
    },
    flush,
  }
}
