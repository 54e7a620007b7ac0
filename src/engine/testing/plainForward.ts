import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { parametersOf, type TensorValues } from '../../domain/parameters.ts'
import { type PlainTensor, plainOf } from './PlainTensor.ts'
import { plainConv } from './plainConv.ts'
import {
  plainAdd,
  plainDense,
  plainMoments,
  plainNorm,
  plainPool,
  plainRelu,
  plainSubsamplePad,
} from './plainOps.ts'

export interface PlainForward {
  readonly logits: PlainTensor
  /** Mean and unbiased variance that each normalisation saw, by its name. */
  readonly moments: ReadonlyMap<string, { readonly mean: PlainTensor; readonly unbiased: PlainTensor }>
}

/**
 * The whole network in plain loops and double precision, operation by operation as the plan lists them. Normalises by
 * `statistics` (`NAME.mean`, `NAME.variance`), or by the batch where there are none.
 */
export const plainForward = (
  plan: NetworkPlan,
  parameters: TensorValues,
  images: PlainTensor,
  strengths: readonly number[],
  statistics: TensorValues | null,
): PlainForward => {
  const shapes = new Map(parametersOf(plan).map(({ name, shape }) => [name, shape]))
  const parameter = (name: string): PlainTensor => plainOf(shapes.get(name) ?? [], parameters.get(name) ?? [])
  const activations = new Map([['input', images]])
  const read = (name: string): PlainTensor => {
    const tensor = activations.get(name)
    if (tensor === undefined) throw new Error(`Nothing wrote ${name}.`)
    return tensor
  }
  const moments = new Map<string, { mean: PlainTensor; unbiased: PlainTensor }>()

  for (const operation of plan.operations) {
    const { kind, output } = operation
    switch (kind) {
      case 'conv':
        activations.set(output, plainConv(read(operation.input), parameter(operation.name), operation))
        break
      case 'norm': {
        const { name, channels } = operation
        const x = read(operation.input)
        const { mean, variance, unbiased } = plainMoments(x)
        moments.set(name, { mean, unbiased })
        const given = (statistic: string): PlainTensor | null =>
          statistics === null ? null : plainOf([channels], statistics.get(`${name}.${statistic}`) ?? [])
        const gamma = parameter(`${name}.gamma`)
        const beta = parameter(`${name}.beta`)
        activations.set(
          output,
          plainNorm(x, gamma, beta, given('mean') ?? mean, given('variance') ?? variance),
        )
        break
      }
      case 'relu':
        activations.set(output, plainRelu(read(operation.input)))
        break
      case 'subsample-pad':
        activations.set(
          output,
          plainSubsamplePad(read(operation.input), operation.stride, operation.outputChannels),
        )
        break
      case 'add':
        activations.set(
          output,
          plainAdd(read(operation.residual), read(operation.shortcut), strengths[operation.block] ?? 0),
        )
        break
      case 'pool':
        activations.set(output, plainPool(read(operation.input)))
        break
      case 'dense':
        activations.set(
          output,
          plainDense(read(operation.input), parameter(operation.kernelName), parameter(operation.biasName)),
        )
        break
      default:
        operation satisfies never
    }
  }
  return { logits: read('logits'), moments }
}
