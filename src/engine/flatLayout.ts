import type { NetworkPlan } from '../domain/networkPlan.ts'
import { parametersOf, sizeOf, statisticsOf, type TensorValues } from '../domain/parameters.ts'

/** Where one tensor lies in a flat vector. */
export interface FlatEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
}

/** Tensors laid end to end in one vector, so that one operation treats them all. */
export interface FlatLayout {
  readonly entries: readonly FlatEntry[]
  readonly size: number
}

export const parameterLayout = (plan: NetworkPlan): FlatLayout => layOut(parametersOf(plan))

/** `NAME.mean`, `NAME.variance` of every normalisation, in order of the plan. */
export const statisticsLayout = (plan: NetworkPlan): FlatLayout =>
  layOut(
    statisticsOf(plan).flatMap(({ name, channels }) => [
      { name: `${name}.mean`, shape: [channels] },
      { name: `${name}.variance`, shape: [channels] },
    ]),
  )

const layOut = (
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
): FlatLayout => {
  const entries: FlatEntry[] = []
  let offset = 0
  for (const { name, shape } of tensors) {
    const size = sizeOf(shape)
    entries.push({ name, shape, offset, size })
    offset += size
  }
  return { entries, size: offset }
}

/** Throws where the tensor is missing or has the wrong number of values. */
export const tensorOfSize = (values: TensorValues, name: string, size: number): Float32Array => {
  const tensor = values.get(name)
  if (tensor?.length !== size)
    throw new Error(`Tensor ${name} should have ${size} values and has ${tensor?.length ?? 'none'}.`)
  return tensor
}

/** One vector of all values. Throws where a tensor is missing or has the wrong number of values. */
export const flatten = (layout: FlatLayout, values: TensorValues): Float32Array => {
  const flat = new Float32Array(layout.size)
  for (const { name, offset, size } of layout.entries) {
    flat.set(tensorOfSize(values, name, size), offset)
  }
  return flat
}

export const unflatten = (layout: FlatLayout, flat: Float32Array): TensorValues =>
  new Map(layout.entries.map(({ name, offset, size }) => [name, flat.slice(offset, offset + size)]))
