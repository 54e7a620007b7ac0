import type {
  ActivationName,
  ConvOperation,
  DropoutOperation,
  NetworkPlan,
} from '../../domain/networkPlan.ts'
import { parametersOf, type TensorValues } from '../../domain/parameters.ts'
import { type PlainTensor, plainOf } from './PlainTensor.ts'
import { plainConv } from './plainConv.ts'
import { plainDiracKernel } from './plainDirac.ts'
import {
  plainAdd,
  plainDense,
  plainDropout,
  plainGate,
  plainGatedAdd,
  plainMaxPool,
  plainMoments,
  plainMultiply,
  plainNorm,
  plainPool,
  plainRelu,
  plainSubsamplePad,
} from './plainOps.ts'

export interface PlainForward {
  readonly logits: PlainTensor
  /** Everything that an operation wrote, by its name, and the images as `input`. */
  readonly activations: ReadonlyMap<ActivationName, PlainTensor>
  /** Mean and unbiased variance that each normalisation saw, by its name. */
  readonly moments: ReadonlyMap<string, { readonly mean: PlainTensor; readonly unbiased: PlainTensor }>
}

/**
 * The whole network in plain loops and double precision, operation by operation as the plan lists them. Normalises by
 * `statistics` (`NAME.mean`, `NAME.variance`), or by the batch where there are none. `dropoutFactors` gives what dropout
 * multiplies each value by; without it nothing is dropped.
 */
export const plainForward = (
  plan: NetworkPlan,
  parameters: ReadonlyMap<string, ArrayLike<number>>,
  images: PlainTensor,
  strengths: readonly number[],
  statistics: TensorValues | null,
  dropoutFactors: ((operation: DropoutOperation) => ArrayLike<number>) | null = null,
): PlainForward => {
  const shapes = new Map(parametersOf(plan).map(({ name, shape }) => [name, shape]))
  const parameter = (name: string): PlainTensor => plainOf(shapes.get(name) ?? [], parameters.get(name) ?? [])
  const kernelOf = ({ name, kernel, groups }: ConvOperation): PlainTensor =>
    kernel === 'free'
      ? parameter(name)
      : plainDiracKernel(parameter(name), parameter(`${name}.identity`), parameter(`${name}.scale`), groups)
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
        activations.set(output, plainConv(read(operation.input), kernelOf(operation), operation))
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
      case 'multiplier':
        activations.set(output, plainMultiply(read(operation.input), parameter(operation.name)))
        break
      case 'gate':
        activations.set(output, plainGate(read(operation.input), parameter(operation.name)))
        break
      case 'dropout': {
        const x = read(operation.input)
        activations.set(output, dropoutFactors === null ? x : plainDropout(x, dropoutFactors(operation)))
        break
      }
      case 'max-pool':
        activations.set(output, plainMaxPool(read(operation.input)))
        break
      case 'add': {
        const { residual, shortcut, block, residualScale, shortcutScale } = operation
        const strength = strengths[block] ?? 0
        activations.set(
          output,
          plainAdd(read(residual), read(shortcut), strength, residualScale, shortcutScale),
        )
        break
      }
      case 'gated-add': {
        const { residual, shortcut, gate, block, exclusive } = operation
        const strength = strengths[block] ?? 0
        activations.set(
          output,
          plainGatedAdd(read(residual), read(shortcut), read(gate), strength, exclusive),
        )
        break
      }
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
  return { logits: read('logits'), activations, moments }
}
