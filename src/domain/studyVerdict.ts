import { chanceError, learnedMargin } from './comparison.ts'
import { missingExperiments, type StudyRecord } from './study.ts'
import { leastStudySeeds, studyGroups } from './studyGroups.ts'
import { type StudyRow, studyRows } from './studySummary.ts'
import { capitalised, listText, percentText, stepsText } from './verdictWords.ts'

/** What a study shows, in words; never more than its numbers. */
export interface StudyVerdict {
  readonly sentence: string
  /** Conditions, what is missing and what diverged; empty where there is nothing to add. */
  readonly detail: string
}

const names = (rows: readonly StudyRow[]): string => listText(rows.map(({ variant }) => variant.name))

const range = (rows: readonly StudyRow[]): string => {
  const means = rows.map(({ training }) => training?.mean ?? Number.NaN)
  const [low, high] = [percentText(Math.min(...means)), percentText(Math.max(...means))]
  return low === high ? low : `${low.replace(' %', '')} to ${high}`
}

const verbEnd = (rows: readonly StudyRow[]): string => (rows.length === 1 ? 's' : '')

const headline = ({ groups, atChance }: ReturnType<typeof studyGroups>): string => {
  const [best] = groups
  const stuck =
    atChance.length === 0
      ? ''
      : `${names(atChance)} end${verbEnd(atChance)} on average within ${learnedMargin} points of chance (${chanceError} %)`
  if (best === undefined)
    return stuck === ''
      ? `No variant has finished with ${leastStudySeeds} seeds: nothing can be claimed yet.`
      : `No variant learned anything worth comparing: ${stuck}.`
  const tail = stuck === '' ? '.' : `; ${stuck}.`
  if (groups.length === 1) {
    const what = `${names(best)} train${verbEnd(best)} to ${range(best)} error`
    return best.length === 1
      ? `${what}${tail}`
      : `${what}, and no difference among them is beyond the spread${tail}`
  }
  const others = groups.slice(1).map((group) => `${names(group)} (${range(group)})`)
  return `${names(best)} (${range(best)} training error) train${verbEnd(best)} better than ${others.join(', and these better than ')}${tail}`
}

/** What may be said of a study: which groups are apart beyond the spread over seeds (`studyGroups`), and no order inside them. */
export const studyVerdict = (record: StudyRecord): StudyVerdict => {
  const { request } = record
  const rows = studyRows(record, 'here')
  const groups = studyGroups(rows)
  const sentence = headline(groups)
  const counted = [...groups.groups.flat(), ...groups.atChance]
  const seeds = Math.min(...counted.map(({ training }) => training?.count ?? 0))
  const parts = [
    counted.length === 0
      ? ''
      : `At ${request.depth} layers after ${stepsText(request.base.recipe.steps)}, ${seeds} seeds.`,
    groups.groups.length > 1
      ? 'Every run of a group ended below every run of the next; no order is claimed inside a group.'
      : '',
    ...rows.flatMap(({ diverged, variant }) =>
      diverged.length === 0
        ? []
        : [
            `${capitalised(variant.name)} diverged with seed ${listText(diverged.map(({ seed }) => String(seed)))}.`,
          ],
    ),
    counted.length > 0 && missingExperiments(record).length > 0 ? 'The study is not complete.' : '',
  ]
  return { sentence: capitalised(sentence), detail: parts.filter((part) => part !== '').join(' ') }
}
