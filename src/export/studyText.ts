import { finalMinibatches } from '../domain/run.ts'
import { type StudyRequest, seedsOf } from '../domain/study.ts'
import type { Spread } from '../domain/studySummary.ts'
import type { PublishedResult, StudyKind } from '../domain/studyVariants.ts'
import { recipeText } from './recipeText.ts'

/** A published result as a column shows it: `6.61`, `8.70 at best`, `fails`; empty where there is none. */
export const publishedText = (published: PublishedResult): string => {
  switch (published.kind) {
    case 'error':
      return published.percent.toFixed(2) + (published.note === null ? '' : ` ${published.note}`)
    case 'fails':
      return 'fails'
    case 'none':
      return ''
    default:
      return published satisfies never
  }
}

export const studyTitles: Readonly<Record<StudyKind, string>> = {
  shortcuts: 'Which shortcut',
  orders: 'Which order of BN and ReLU',
}

/** What a training error is the mean of, `the last 25 minibatches`; of a shorter run, all that it has. */
export const averagedText = ({ base }: StudyRequest): string =>
  `the last ${Math.min(finalMinibatches, base.recipe.steps)} minibatches`

/** Data, depth and length of a study: what its numbers are of. */
export const studyConditions = (request: StudyRequest): string =>
  `${request.depth} layers, ${request.base.recipe.steps} steps, training error over ${averagedText(request)}`

/** Everything that a study's numbers depend on beside the variants, one line. */
export const studyRecipe = (request: StudyRequest): string => {
  const { base } = request
  const seeds = seedsOf(request)
  const text = recipeText({
    ...base,
    networks: [],
    evaluateEvery: base.recipe.steps,
    interventions: [],
  })
  return seeds.length === 1 ? text : text.replace(`seed ${base.seed}`, `seeds ${seeds[0]} to ${seeds.at(-1)}`)
}

/** `20.3 ± 4.1`: mean and sample deviation, percent; of one seed only the value. */
export const spreadText = ({ mean, deviation }: Spread): string =>
  deviation === null ? mean.toFixed(1) : `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`
