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
 * Groups of variants whose training errors are apart. Sorted by mean, a new group begins where the step to the next variant is at
 * least `leastGap` points and `leastDeviations` standard errors of the difference, and where every run before it ended below every
 * run after it. Three seeds tell little of one variant's own variance, so half of what counts is the median over the variants
 * that learned: neither a lucky variant nor a wild one decides for the others.
 */
export const studyGroups = (rows: readonly StudyRow[]): StudyGroups => {
  const sorted = rows.filter(isCounted).sort((a, b) => meanOf(a) - meanOf(b))
  const learned = sorted.filter(hasLearned)
  const common = median(learned.map(varianceOf))
  const squaredError = (row: StudyRow): number =>
    (varianceOf(row) + common) / 2 / Math.max(1, row.training?.count ?? 0)
  const isApart = (index: number): boolean => {
    const [before, after] = [learned[index - 1], learned[index]]
    if (before === undefined || after === undefined) return false
    const gap = meanOf(after) - meanOf(before)
    const error = Math.sqrt(squaredError(before) + squaredError(after))
    const worst = Math.max(...learned.slice(0, index).map(({ training }) => training?.most ?? Number.NaN))
    const best = Math.min(...learned.slice(index).map(({ training }) => training?.least ?? Number.NaN))
    return gap >= leastGap && gap >= leastDeviations * error && worst < best
  }

  const groups: StudyRow[][] = []
  learned.forEach((row, index) => {
    const group = groups.at(-1)
    if (group === undefined || isApart(index)) groups.push([row])
    else group.push(row)
  })
  return {
    groups,
    atChance: sorted.filter((row) => !hasLearned(row)),
    left: rows.filter((row) => !isCounted(row)),
  }
}

const isCounted = ({ training, diverged }: StudyRow): boolean =>
  training !== null && training.count >= leastStudySeeds && diverged.length === 0

const meanOf = ({ training }: StudyRow): number => training?.mean ?? Number.NaN

const varianceOf = ({ training }: StudyRow): number => {
  const deviation = training?.deviation ?? 0
  return deviation * deviation
}

const hasLearned = (row: StudyRow): boolean => meanOf(row) < chanceError - learnedMargin

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? 0 : (low + high) / 2
}
