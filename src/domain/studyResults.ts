import { finalErrorsOf, type Run, type RunFailure } from './run.ts'
import type { StudyExperiment, StudyResult } from './study.ts'

/** What one finished experiment of a study adds to it. */
export const resultsOfRun = (
  { variants, seed }: StudyExperiment,
  run: Pick<Run, 'steps' | 'evaluations'>,
): readonly StudyResult[] =>
  variants.flatMap(({ id }, network): readonly StudyResult[] => {
    const final = finalErrorsOf(run, network)
    if (final === null || !Number.isFinite(final.trainingError)) return []
    const { trainingError, validationError } = final
    return [{ kind: 'finished', variant: id, seed, trainingError, validationError }]
  })

/**
 * What an experiment that failed adds: the network that diverged. The others of the experiment stay missing and are run again
 * without it. Empty where no variant is to blame: then the study cannot go on by itself.
 */
export const resultsOfFailure = (
  { variants, seed }: StudyExperiment,
  { kind, network, sentence }: RunFailure,
): readonly StudyResult[] => {
  const variant = network === null ? undefined : variants[network]
  return kind === 'diverged' && variant !== undefined
    ? [{ kind: 'diverged', variant: variant.id, seed, sentence }]
    : []
}
