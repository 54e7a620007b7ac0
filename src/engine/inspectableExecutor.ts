import type { TensorValues } from '../domain/parameters.ts'
import type { Batch, Executor } from './executor.ts'

/** An executor that can also be looked into: what the parity fixtures compare, and pictures of the inside read. */
export interface InspectableExecutor extends Executor {
  /**
   * Gradient of the mean cross-entropy without weight decay, and the logits in training mode [batch, classes]; nothing changes.
   * `dropoutKey` as in `StepControls`, 0 where left out; only dropout reads it.
   */
  readGradients(
    network: number,
    batch: Batch,
    shortcutStrengths: readonly number[],
    dropoutKey?: number,
  ): Promise<{ readonly gradients: TensorValues; readonly logits: Float32Array }>
  /** Logits of training images by the running statistics, [batch, classes]. */
  readLogits(network: number, batch: Batch, shortcutStrengths: readonly number[]): Promise<Float32Array>
  /**
   * What the operations of a network write while it trains on these images: normalised by the batch, nothing dropped; by the name of
   * what was written, [batch, side, side, channels]. What an executor computes in one pass with the operation behind it is not there.
   */
  readActivations(network: number, batch: Batch, shortcutStrengths: readonly number[]): Promise<TensorValues>
}
