import { costOf } from './cost.ts'
import { missingExperiments, type StudyRecord } from './study.ts'

/** What is left to do of a study. */
export interface StudyCost {
  readonly experiments: number
  readonly networks: number
  /** Floating-point operations of all steps, evaluations left out. */
  readonly flops: number
}

export const remainingCost = (record: StudyRecord): StudyCost => {
  const left = missingExperiments(record)
  return {
    experiments: left.length,
    networks: left.reduce((sum, { variants }) => sum + variants.length, 0),
    flops: left.reduce((sum, { spec }) => sum + costOf(spec).totalFlops, 0),
  }
}
