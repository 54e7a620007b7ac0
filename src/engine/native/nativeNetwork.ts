import type { AugmentationDraws } from '../../datasets/augmentation.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import type { Measurement, StepControls } from '../executor.ts'

/** Images taken out of a data set, and how each is to be moved. */
export interface GatheredBatch {
  /** [N, S, S, C] end to end, before they are moved. */
  readonly images: Float32Array
  /** [N]. */
  readonly labels: Int32Array
  readonly augmentation: AugmentationDraws | null
}

/** What is set for a step of one network. */
export interface NetworkControls extends Omit<StepControls, 'shortcutStrengths'> {
  /** Strength in [0, 1] of every block's shortcut. */
  readonly shortcutStrengths: readonly number[]
}

/** Everything that training changes, as flat vectors: `parameterLayout` and `statisticsLayout` of the plan. */
export interface FlatState {
  readonly parameters: Float32Array
  readonly momentum: Float32Array
  readonly statistics: Float32Array
}

export interface Inference {
  /** [N, classes]. */
  readonly logits: Float32Array
  readonly measurement: Measurement
}

/** One network in WebAssembly memory of its own. Every call computes at once. */
export interface NativeNetwork {
  readonly plan: NetworkPlan
  /** One training step; loss and error before its update. A step that broke the network says where: `Measurement.brokenAt`. */
  step(batch: GatheredBatch, controls: NetworkControls): Measurement
  /** Gradient of the mean cross-entropy without weight decay, flat, zeros where a parameter is not used; and the logits. */
  differentiate(
    batch: GatheredBatch,
    shortcutStrengths: readonly number[],
    dropoutKey: number,
  ): { readonly gradient: Float32Array; readonly logits: Float32Array }
  /** What each operation writes, [N, side, side, channels], by name: see `InspectableExecutor.readActivations`. */
  observe(batch: GatheredBatch, shortcutStrengths: readonly number[]): TensorValues
  /** Means and unbiased variances of these images, flat as `statisticsLayout`; nothing is dropped, nothing changes. */
  batchStatistics(batch: GatheredBatch, shortcutStrengths: readonly number[]): Float32Array
  /** By given statistics; null: by the running ones. */
  infer(
    batch: GatheredBatch,
    shortcutStrengths: readonly number[],
    statistics: Float32Array | null,
  ): Inference
  readState(): FlatState
  /** Throws where a vector has not the size of its layout; then nothing has changed. */
  writeState(state: FlatState): void
  /** WebAssembly memory held now. */
  memoryBytes(): number
  /** Ends its threads. */
  dispose(): void
}
