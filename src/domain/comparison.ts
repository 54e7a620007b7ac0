import { classCount } from './experimentSpec.ts'
import { performedSpec } from './performedSpec.ts'
import { finalMinibatches, type Run, type StepPoint } from './run.ts'

/** Error of guessing among equally frequent classes, percent. */
export const chanceError = 100 * (1 - 1 / classCount)
/** Points below chance at which a network counts as having learned something. */
export const learnedMargin = 10
/** The least gap, points of training error, that is called one. */
export const leastGap = 5
/** Standard errors that a gap must be away from 0. */
export const leastDeviations = 3

/** A mean over minibatches with its standard error, points of percent. */
export interface Estimate {
  readonly mean: number
  readonly standardError: number
}

const estimateOf = (values: readonly number[]): Estimate => {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count < 2) return { mean, standardError: Number.POSITIVE_INFINITY }
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (count - 1)
  return { mean, standardError: Math.sqrt(variance / count) }
}

/** The last minibatches (`finalMinibatches` of them) of the first `steps` steps. */
export const lastMinibatches = (points: readonly StepPoint[], steps: number): readonly StepPoint[] => {
  let end = points.length
  while (end > 0 && (points[end - 1]?.step ?? 0) > steps) end--
  return points.slice(Math.max(0, end - finalMinibatches), end)
}

const errorIn = (point: StepPoint, network: number): number => point.trainingErrors[network] ?? Number.NaN

export const errorEstimate = (points: readonly StepPoint[], network: number): Estimate =>
  estimateOf(points.map((point) => errorIn(point, network)))

/**
 * How much worse one network trains than another. Both saw the same minibatches, so the difference is taken batch by batch: how
 * hard a batch was falls out, and the standard error is that of the paired differences.
 */
export const gapEstimate = (points: readonly StepPoint[], worse: number, better: number): Estimate =>
  estimateOf(points.map((point) => errorIn(point, worse) - errorIn(point, better)))

export const isClear = ({ mean, standardError }: Estimate): boolean =>
  Math.abs(mean) >= leastGap && Math.abs(mean) >= leastDeviations * standardError

/** Whether a training error is clearly below guessing. */
export const hasLearned = ({ mean, standardError }: Estimate): boolean =>
  chanceError - mean >= Math.max(learnedMargin, leastDeviations * standardError)

/** When a network stopped being the one that the experiment describes. */
export interface ShortcutChange {
  readonly network: number
  /** Steps done before it. */
  readonly step: number
  readonly to: 0 | 1
  readonly isPartial: boolean
  readonly overSteps: number
}

/**
 * The first switch that changed a network, of the first `steps` steps: shortcuts on in a plain network, off in a residual one.
 * Switching to what is there already changes nothing. Null where there was none.
 */
export const firstShortcutChange = (
  { spec, marks }: Pick<Run, 'spec' | 'marks'>,
  network: number,
  steps: number,
): ShortcutChange | null => {
  for (const change of performedSpec({ spec, marks }).interventions) {
    if (change.kind !== 'shortcuts' || change.network !== network || change.step >= steps) continue
    if (change.to !== (spec.networks[network]?.shortcut === 'none' ? 1 : 0)) continue
    const { step, to, overSteps, blocks } = change
    return { network, step, to, overSteps, isPartial: blocks !== 'all' }
  }
  return null
}
