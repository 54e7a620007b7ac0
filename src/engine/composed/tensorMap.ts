import { add, type Tensor } from '@tensorflow/tfjs-core'

/** Tensors by name; whoever removes one owns it and disposes it. */
export type TensorMap = Map<string, Tensor>

export const tensorNamed = <T extends Tensor>(tensors: ReadonlyMap<string, Tensor>, name: string): T => {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`There is no tensor called ${name}.`)
  return tensor as T
}

export const take = <T extends Tensor>(tensors: TensorMap, name: string): T => {
  const tensor = tensorNamed<T>(tensors, name)
  tensors.delete(name)
  return tensor
}

export const disposeNamed = (tensors: TensorMap, name: string): void => {
  tensors.get(name)?.dispose()
  tensors.delete(name)
}

export const disposeAll = (tensors: TensorMap): void => {
  for (const tensor of tensors.values()) tensor.dispose()
  tensors.clear()
}

/** Adds to the tensor of that name, or begins it; takes `amount` over. */
export const accumulate = (tensors: TensorMap, name: string, amount: Tensor): void => {
  const before = tensors.get(name)
  if (before === undefined) {
    tensors.set(name, amount)
    return
  }
  tensors.set(name, add(before, amount))
  before.dispose()
  amount.dispose()
}
