import { equalData } from '../../domain/equalData.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import { defaultStudy, type StudyBase, type StudyRecord, studyBaseOf } from '../../domain/study.ts'

export interface BaseChoice {
  readonly value: 'default' | 'present' | 'kept'
  readonly name: string
  readonly base: StudyBase
}

/** The data and recipes that a study can take, each once: the lab's default, the present set-up's, and those of kept results. */
export const baseChoices = (present: ExperimentSpec, kept: StudyRecord | null): readonly BaseChoice[] => {
  const all: readonly BaseChoice[] = [
    { value: 'default', name: 'of the default experiment', base: defaultStudy('shortcuts').base },
    { value: 'present', name: 'of the present set-up', base: studyBaseOf(present) },
    ...(kept === null
      ? []
      : [{ value: 'kept' as const, name: 'of the results below', base: kept.request.base }]),
  ]
  return all.filter(({ base }, index) => !all.slice(0, index).some((other) => equalData(other.base, base)))
}
