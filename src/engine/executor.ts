import type { AugmentationDraws } from '../datasets/augmentation.ts'
import type { ImageSet } from '../datasets/dataset.ts'
import type { NetworkPlan } from '../domain/networkPlan.ts'
import type { TensorValues } from '../domain/parameters.ts'
import type { DeviceMemory } from '../domain/run.ts'

/** What is set for one training step of one network. */
export interface StepControls {
  readonly learningRate: number
  readonly momentum: number
  readonly weightDecay: number
  /** Strength in [0, 1] of every block's shortcut, by network. */
  readonly shortcutStrengths: readonly (readonly number[])[]
  /** 32 random bits that decide what dropout drops in this step (`dropoutMask`); the same for all networks. */
  readonly dropoutKey: number
}

/** One batch, the same for every network: indices into the training images, and how each is moved. */
export interface Batch {
  readonly indices: Int32Array
  /** How each image is moved and mirrored; null without augmentation. */
  readonly augmentation: AugmentationDraws | null
}

/** Mean cross-entropy (nats) and error (percent) of one network on some images. */
export interface Measurement {
  readonly loss: number
  readonly error: number
  /** Where the network first held what is no finite number, by layer or tensor; only with a loss that is none, where the executor knows it. */
  readonly brokenAt?: string
}

/** Which images an evaluation uses. */
export interface EvaluationRequest {
  /** Batches of training images from which batch-norm statistics are recomputed (their mean), before both subsets. */
  readonly statisticsBatches: readonly Int32Array[]
  readonly trainingIndices: Int32Array
  readonly validationIndices: Int32Array
  readonly shortcutStrengths: readonly (readonly number[])[]
}

export interface EvaluationResult {
  readonly training: Measurement
  readonly validation: Measurement
}

/** Everything that training changes in one network, by tensor name. */
export interface NetworkState {
  readonly parameters: TensorValues
  /** Momentum of each parameter; zeros before the first step. */
  readonly momentum: TensorValues
  /** Running `NAME.mean` and `NAME.variance`. */
  readonly statistics: TensorValues
}

/**
 * Trains all networks of an experiment in lockstep. Executors differ in how they compute, never in what: the same suites and
 * the same fixtures hold for each. After `dispose` nothing may be called.
 */
export interface Executor {
  readonly plans: readonly NetworkPlan[]
  /** One step of every network on the same batch. What it measured is kept until `readMeasurements`. */
  step(batch: Batch, controls: StepControls): Promise<void>
  /** Measurements of the steps since the last call, oldest first, by network. The only wait for the device. */
  readMeasurements(): Promise<readonly (readonly Measurement[])[]>
  /** Error on the two subsets with recomputed statistics, nothing dropped; leaves the running statistics as they are. One result a network. */
  evaluate(request: EvaluationRequest): Promise<readonly EvaluationResult[]>
  readState(network: number): Promise<NetworkState>
  writeState(network: number, state: NetworkState): Promise<void>
  memory(): DeviceMemory
  dispose(): void
}

/** What an executor is made from; the data set is uploaded once. */
export interface ExecutorRequest {
  readonly plans: readonly NetworkPlan[]
  readonly initial: readonly TensorValues[]
  readonly training: ImageSet
  readonly validation: ImageSet
}
