import { mul, reshape, sum, type Tensor4D, tensor4d, tidy, tile } from '@tensorflow/tfjs-core'
import type { Constants } from './constants.ts'

/**
 * The kernel of an ordinary convolution that computes a grouped one: weights between different groups are 0. tfjs has no grouped
 * convolution, and small ones group by group cost more than the products with 0: in WebAssembly (batch 64, 4 groups, all three
 * passes) this takes a third of the time at 16 channels, as long at 32, twice as long at 64. [k, k, I per group, O] → [k, k, I, O].
 */
export const denseKernel = (kernel: Tensor4D, groups: number, constants: Constants): Tensor4D =>
  tidy(() => mul(tile(kernel, [1, 1, groups, 1]), groupMask(kernel.shape, groups, constants)))

/** Of a dense kernel's gradient what belongs to the weights within groups: [k, k, I, O] → [k, k, I per group, O]. */
export const groupedKernelGradient = (
  denseGradient: Tensor4D,
  groups: number,
  constants: Constants,
): Tensor4D =>
  tidy(() => {
    const [rows, columns, inputs, outputs] = denseGradient.shape
    const shape: Tensor4D['shape'] = [rows, columns, inputs / groups, outputs]
    const within = mul(denseGradient, groupMask(shape, groups, constants))
    return reshape(sum(reshape(within, [rows * columns, groups, inputs / groups, outputs]), 1), shape)
  })

/** 1 where input and output channel are of one group: [k, k, I, O]. */
const groupMask = (
  [rows, columns, groupInputs, outputs]: Tensor4D['shape'],
  groups: number,
  constants: Constants,
): Tensor4D =>
  constants.tensor(`group-mask/${rows}/${columns}/${groupInputs}/${outputs}/${groups}`, () => {
    const inputs = groupInputs * groups
    const groupOutputs = outputs / groups
    const mask = Float32Array.from({ length: rows * columns * inputs * outputs }, (_, index) => {
      const input = Math.floor(index / outputs) % inputs
      const output = index % outputs
      return Math.floor(input / groupInputs) === Math.floor(output / groupOutputs) ? 1 : 0
    })
    return tensor4d(mask, [rows, columns, inputs, outputs])
  })
