import { equalData } from './equalData.ts'
import type { ExperimentSpec } from './experimentSpec.ts'

/** What a change of the set-up asks for: nothing, the next step of a running experiment, or a new run. */
export type ChangeKind = 'none' | 'next-step' | 'new-run'

/** Only the base learning rate can move under a running experiment; anything else is a different experiment. */
export const changeKind = (before: ExperimentSpec, after: ExperimentSpec): ChangeKind => {
  if (equalData(before, after)) return 'none'
  const atSameRate: ExperimentSpec = {
    ...after,
    recipe: { ...after.recipe, learningRate: before.recipe.learningRate },
  }
  return equalData(before, atSameRate) ? 'next-step' : 'new-run'
}
