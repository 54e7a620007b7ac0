import {
  argMax,
  cast,
  div,
  exp,
  log,
  max,
  mean,
  mul,
  notEqual,
  softmax,
  stack,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core'

/** The classes of a batch, on the device. */
export interface BatchLabels {
  /** int32 [N]. */
  readonly classes: Tensor1D
  /** [N, classes]. */
  readonly oneHot: Tensor2D
}

/** Mean cross-entropy (nats) and error (percent) of a batch: [2]. A tie between classes goes to the first. */
export const lossAndError = (logits: Tensor2D, labels: BatchLabels): Tensor1D =>
  tidy(() => {
    // Largest logit subtracted first, so that no exponential overflows.
    const shifted: Tensor2D = sub(logits, max(logits, 1, true))
    const logPartition = log(sum(exp(shifted), 1))
    const ofLabel = sum(mul(shifted, labels.oneHot), 1)
    const loss = mean(sub(logPartition, ofLabel))
    const wrong = notEqual(cast(argMax(logits, 1), 'int32'), labels.classes)
    return stack([loss, mul(mean(cast(wrong, 'float32')), 100)]) as Tensor1D
  })

/** Gradient of the mean cross-entropy: (softmax − one-hot) / N. */
export const crossEntropyGradient = (logits: Tensor2D, labels: BatchLabels): Tensor2D =>
  tidy(() => div(sub(softmax(logits), labels.oneHot), logits.shape[0]))
