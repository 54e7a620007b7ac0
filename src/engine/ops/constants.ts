import { getBackend, keep, type Tensor } from '@tensorflow/tfjs-core'

/** Tensors that never change, made once for an executor and kept on its device. */
export interface Constants {
  /** tfjs's name of the backend that computes. */
  readonly backend: string
  /** The tensor called `name`, made by `make` at its first use. One name always stands for one shape and content. */
  tensor<T extends Tensor>(name: string, make: () => T): T
  dispose(): void
}

export const createConstants = (): Constants => {
  const made = new Map<string, Tensor>()
  return {
    backend: getBackend(),
    tensor<T extends Tensor>(name: string, make: () => T): T {
      const known = made.get(name)
      if (known !== undefined) return known as T
      const tensor = keep(make())
      made.set(name, tensor)
      return tensor
    },
    dispose() {
      for (const tensor of made.values()) tensor.dispose()
      made.clear()
    },
  }
}
