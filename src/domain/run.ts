import type { ExperimentSpec } from './experimentSpec.ts'
import type { Intervention } from './interventions.ts'

/** What trains the networks here, in words that a person can check. */
export interface DeviceFacts {
  readonly executor: 'composed' | 'native' | 'fused'
  readonly backend: 'webgl' | 'wasm' | 'cpu'
  /** The renderer string of WebGL, or what runs instead. */
  readonly device: string
  /** Why this one was taken, a sentence. */
  readonly reason: string
  /** The same link gives the same numbers, bit for bit, on any device. */
  readonly reproducible: boolean
  /** Threads that train. */
  readonly threads: number
}

/** What the executor holds on its device now. */
export interface DeviceMemory {
  readonly tensors: number
  readonly bytes: number
}

/** One training step of every network. Arrays are indexed like `spec.networks`; errors are percentages, losses nats. */
export interface StepPoint {
  /** Steps taken so far, this one included: the first is 1. */
  readonly step: number
  /** Error of this minibatch, before its update, in training mode. */
  readonly trainingErrors: readonly number[]
  readonly losses: readonly number[]
}

/**
 * Error on the two fixed subsets with recomputed batch-norm statistics. At step 0, where all stand at chance, on the first 100
 * images of each, so that the first step need not wait.
 */
export interface EvaluationPoint {
  readonly step: number
  readonly trainingErrors: readonly number[]
  readonly validationErrors: readonly number[]
  readonly trainingLosses: readonly number[]
  readonly validationLosses: readonly number[]
}

/** Something that a reader of the curves must know: what was done at which step. */
export type Mark =
  | { readonly kind: 'intervention'; readonly step: number; readonly intervention: Intervention }
  /** The page was in the background from here on, so time (not the steps) may show a gap. */
  | { readonly kind: 'hidden'; readonly step: number }

/** What the lab checked before the first step, on the values that the executor really holds. */
export interface FairnessChecks {
  /**
   * Every tensor that two networks share by name, shape and the rule of its first values has equal values; null where no two
   * networks are of one depth.
   */
  readonly sameInitialWeights: boolean | null
  readonly sameBatches: boolean
  /** Trainable numbers of each network. */
  readonly parameters: readonly number[]
}

export type RunStatus = 'preparing' | 'running' | 'paused' | 'finished' | 'failed' | 'stopped'

export type FailureKind =
  | 'diverged'
  | 'context-lost'
  | 'out-of-memory'
  | 'no-dataset'
  | 'bad-dataset'
  | 'unsupported'
  | 'worker-crashed'
  | 'internal'

export interface RunFailure {
  readonly kind: FailureKind
  /** What happened and what to do, for people. */
  readonly sentence: string
  /** Index of the network that it happened to, where there is one. */
  readonly network: number | null
}

/** One experiment as it was run: the spec it started from and everything measured. */
export interface Run {
  readonly id: string
  readonly spec: ExperimentSpec
  readonly status: RunStatus
  readonly device: DeviceFacts | null
  readonly checks: FairnessChecks | null
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  readonly marks: readonly Mark[]
  readonly failure: RunFailure | null
  /** Short hexadecimal digest of the final weights of all networks; null before the run has finished. */
  readonly weightsDigest: string | null
  /** Time spent training and evaluating, pauses excluded, seconds. */
  readonly seconds: number
}

/** Minibatches over which "training error" at the end is averaged. */
export const finalMinibatches = 25

export interface FinalErrors {
  /** Mean error of the last `finalMinibatches` minibatches, percent. */
  readonly trainingError: number
  /** Error on the fixed validation subset at the last evaluation, percent; null before the first. */
  readonly validationError: number | null
}

/** Where one network stands at the end of what was measured; null before the first step. */
export const finalErrorsOf = (
  run: Pick<Run, 'steps' | 'evaluations'>,
  network: number,
): FinalErrors | null => {
  const last = run.steps.slice(-finalMinibatches)
  if (last.length === 0) return null
  const sum = last.reduce((total, point) => total + (point.trainingErrors[network] ?? Number.NaN), 0)
  return {
    trainingError: sum / last.length,
    validationError: run.evaluations.at(-1)?.validationErrors[network] ?? null,
  }
}
