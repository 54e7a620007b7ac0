import {
  concat,
  reshape,
  slice,
  type Tensor,
  type Tensor1D,
  tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core'
import type { FlatLayout } from '../flatLayout.ts'
import type { Constants } from '../ops/constants.ts'
import type { TensorMap } from './tensorMap.ts'

/** The tensors that lie in a flat vector, in their shapes. The caller disposes them. */
export const splitFlat = (layout: FlatLayout, flat: Tensor1D, constants: Constants): TensorMap => {
  // Off the GPU a slice reads the whole vector each time; it is read once here instead.
  const values = constants.backend === 'webgl' ? null : flat.dataSync<'float32'>()
  return new Map(
    layout.entries.map(({ name, shape, offset, size }) => [
      name,
      values === null
        ? tidy(() => reshape(slice(flat, offset, size), [...shape]))
        : tensor(values.subarray(offset, offset + size), [...shape]),
    ]),
  )
}

/** One flat vector of tensors; zeros where one is missing. */
export const joinFlat = (
  layout: FlatLayout,
  tensors: ReadonlyMap<string, Tensor>,
  constants: Constants,
): Tensor1D =>
  tidy(() =>
    concat(
      layout.entries.map(({ name, size }): Tensor1D => {
        const tensor = tensors.get(name)
        if (tensor === undefined) return constants.tensor(`zeros/${size}`, (): Tensor1D => zeros([size]))
        return reshape(tensor, [size])
      }),
    ),
  )
