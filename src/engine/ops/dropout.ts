import { mul, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core'
import { dropoutMask } from '../../domain/dropoutMask.ts'

export interface DropoutRequest {
  /** Of the step: see `StepControls`. */
  readonly key: number
  readonly block: number
  readonly rate: number
}

/** The mask of one step and block, for activations of this shape: 0 or 1/(1 − rate). */
export const dropoutMaskOnDevice = (
  shape: Tensor4D['shape'],
  { key, block, rate }: DropoutRequest,
): Tensor4D => {
  const [batch, rows, columns, channels] = shape
  return tensor4d(dropoutMask(key, block, batch * rows * columns * channels, rate), shape)
}

/** Values that the mask drops are 0, the others are divided by 1 − rate. Its gradient is the same product. */
export const dropout = (x: Tensor4D, mask: Tensor4D): Tensor4D => mul(x, mask)
