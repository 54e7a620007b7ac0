import { chanceError, learnedMargin, leastDeviations, leastGap } from './comparison.ts'
import type { StudyRow } from './studySummary.ts'

/** Fewer seeds than this tell nothing of the spread. */
export const leastStudySeeds = 3

/** What a study tells apart. */
export interface StudyGroups {
  /** Variants that learned, in groups that are apart from one another, the best first; no order inside a group. */
  readonly groups: readonly (readonly StudyRow[])[]
  /** Variants whose mean error is within `learnedMargin` points of chance, or above it. */
  readonly atChance: readonly StudyRow[]
  /** Variants with too few seeds, or with one that diverged: nothing is said of them. */
  readonly left: readonly StudyRow[]
}

/**
 * Groups of variants whose mean training errors are apart. Sorted by mean, a new group begins where the step to the next variant
 * is at least `leastGap` points and `leastDeviations` standard errors of a difference of two means. Three seeds tell little of one
 * variant's own deviation, so all that learned share one: the root of their mean variance over seeds.
 */
export const studyGroups = (rows: readonly StudyRow[]): StudyGroups => {
  const isCounted = ({ training, diverged }: StudyRow): boolean =>
    training !== null && training.count >= leastStudySeeds && diverged.length === 0
  const meanOf = (row: StudyRow): number => row.training?.mean ?? Number.NaN
  const sorted = rows.filter(isCounted).sort((a, b) => meanOf(a) - meanOf(b))
  const hasLearned = (row: StudyRow): boolean => meanOf(row) < chanceError - learnedMargin
  const learned = sorted.filter(hasLearned)
  const least = Math.max(leastGap, leastDeviations * standardErrorOfGap(learned))

  const groups: StudyRow[][] = []
  for (const row of learned) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    if (group === undefined || before === undefined || meanOf(row) - meanOf(before) >= least)
      groups.push([row])
    else group.push(row)
  }
  return {
    groups,
    atChance: sorted.filter((row) => !hasLearned(row)),
    left: rows.filter((row) => !isCounted(row)),
  }
}

/** Standard error of the difference of two means, from the variance pooled over all rows; the fewest seeds count. */
const standardErrorOfGap = (rows: readonly StudyRow[]): number => {
  if (rows.length === 0) return 0
  let squares = 0
  let freedom = 0
  let seeds = Number.POSITIVE_INFINITY
  for (const { training } of rows) {
    if (training?.deviation == null) continue
    squares += training.deviation ** 2 * (training.count - 1)
    freedom += training.count - 1
    seeds = Math.min(seeds, training.count)
  }
  return Math.sqrt((2 * squares) / freedom / seeds)
}
