import type {
  ActivationName,
  ConvOperation,
  DropoutOperation,
  NetworkPlan,
  Operation,
} from '../../domain/networkPlan.ts'
import { parametersOf } from '../../domain/parameters.ts'
import { type PlainTensor, plainOf, plainZeros, sidesOf, valueAt } from './PlainTensor.ts'
import { plainConvGradients } from './plainConv.ts'
import { plainDiracGradients, plainDiracKernel } from './plainDirac.ts'
import type { PlainForward } from './plainForward.ts'
import { plainNormGradients } from './plainNormGradients.ts'

export interface PlainBackwardRequest {
  readonly plan: NetworkPlan
  readonly parameters: ReadonlyMap<string, ArrayLike<number>>
  /** Of the same parameters, normalised by the batch. */
  readonly forward: PlainForward
  readonly labels: ArrayLike<number>
  readonly strengths: readonly number[]
  readonly dropoutFactors: (operation: DropoutOperation) => ArrayLike<number>
}

/**
 * Gradient of the mean cross-entropy by every parameter, in plain loops and double precision: the plan's operations from the last to the
 * first, each of which hands to what it read its part of the gradient.
 */
export const plainBackward = (request: PlainBackwardRequest): ReadonlyMap<string, Float64Array> => {
  const { plan, forward, labels, strengths, dropoutFactors } = request
  const shapes = new Map(parametersOf(plan).map(({ name, shape }) => [name, shape]))
  const parameter = (name: string): PlainTensor =>
    plainOf(shapes.get(name) ?? [], request.parameters.get(name) ?? [])
  const activation = (name: ActivationName): PlainTensor => {
    const tensor = forward.activations.get(name)
    if (tensor === undefined) throw new Error(`Nothing wrote ${name}.`)
    return tensor
  }
  const parameterGradients = new Map([...shapes].map(([name, shape]) => [name, plainZeros(shape).values]))
  const gradients = new Map<ActivationName, Float64Array>()
  const contribute = (name: ActivationName, part: Float64Array): void => {
    const before = gradients.get(name)
    gradients.set(name, before === undefined ? part : before.map((value, i) => value + valueAt(part, i)))
  }
  const convBackward = (operation: ConvOperation, dy: PlainTensor): void => {
    const { name, groups } = operation
    const weights = parameter(name)
    const [identity, scale] = [parameter(`${name}.identity`), parameter(`${name}.scale`)]
    const isFree = operation.kernel === 'free'
    const kernel = isFree ? weights : plainDiracKernel(weights, identity, scale, groups)
    const { input, kernel: ofKernel } = plainConvGradients(activation(operation.input), kernel, dy, operation)
    contribute(operation.input, input.values)
    if (isFree) {
      parameterGradients.set(name, ofKernel.values)
      return
    }
    const made = plainDiracGradients(weights, scale, ofKernel, groups)
    parameterGradients.set(name, made.weights.values)
    parameterGradients.set(`${name}.identity`, made.identity.values)
    parameterGradients.set(`${name}.scale`, made.scale.values)
  }

  const backward = (operation: Operation, dy: Float64Array): void => {
    const { shape } = activation(operation.output)
    switch (operation.kind) {
      case 'conv':
        convBackward(operation, plainOf(shape, dy))
        return
      case 'norm': {
        const { name, input } = operation
        const made = plainNormGradients(activation(input), parameter(`${name}.gamma`), plainOf(shape, dy))
        parameterGradients.set(`${name}.gamma`, made.gamma.values)
        parameterGradients.set(`${name}.beta`, made.beta.values)
        contribute(input, made.input.values)
        return
      }
      case 'relu': {
        const y = activation(operation.output).values
        contribute(
          operation.input,
          dy.map((value, i) => (valueAt(y, i) > 0 ? value : 0)),
        )
        return
      }
      case 'subsample-pad': {
        const { input, stride, inputChannels, outputChannels, inputSide, outputSide } = operation
        const part = plainZeros(activation(input).shape).values
        dy.forEach((value, i) => {
          const channel = i % outputChannels
          if (channel >= inputChannels) return
          const pixel = Math.floor(i / outputChannels)
          const [x, y] = [pixel % outputSide, Math.floor(pixel / outputSide) % outputSide]
          const image = Math.floor(pixel / outputSide / outputSide)
          part[((image * inputSide + y * stride) * inputSide + x * stride) * inputChannels + channel] = value
        })
        contribute(input, part)
        return
      }
      case 'multiplier': {
        const x = activation(operation.input).values
        const [factor = Number.NaN] = parameter(operation.name).values
        const sum = dy.reduce((total, value, i) => total + value * valueAt(x, i), 0)
        parameterGradients.set(operation.name, Float64Array.of(sum))
        contribute(
          operation.input,
          dy.map((value) => value * factor),
        )
        return
      }
      case 'gate': {
        const open = activation(operation.output).values
        const part = dy.map((value, i) => value * valueAt(open, i) * (1 - valueAt(open, i)))
        const ofBias = new Float64Array(operation.channels)
        part.forEach((value, i) => {
          ofBias[i % ofBias.length] = valueAt(ofBias, i % ofBias.length) + value
        })
        parameterGradients.set(operation.name, ofBias)
        contribute(operation.input, part)
        return
      }
      case 'dropout': {
        const factors = dropoutFactors(operation)
        contribute(
          operation.input,
          dy.map((value, i) => value * valueAt(factors, i)),
        )
        return
      }
      case 'add': {
        const { residual, shortcut, block, residualScale, shortcutScale } = operation
        const strength = strengths[block] ?? 0
        contribute(
          residual,
          dy.map((value) => value * (1 + strength * (residualScale - 1))),
        )
        contribute(
          shortcut,
          dy.map((value) => value * strength * shortcutScale),
        )
        return
      }
      case 'gated-add': {
        const { block, exclusive } = operation
        const strength = strengths[block] ?? 0
        const [f, s, g] = [operation.residual, operation.shortcut, operation.gate].map(
          (name) => activation(name).values,
        ) as [Float64Array, Float64Array, Float64Array]
        const kept = (i: number): number => (exclusive ? 1 + strength * (valueAt(g, i) - 1) : 1)
        const carried = (i: number): number => valueAt(s, i) - (exclusive ? valueAt(f, i) : 0)
        contribute(
          operation.residual,
          dy.map((value, i) => value * kept(i)),
        )
        contribute(
          operation.shortcut,
          dy.map((value, i) => value * strength * (1 - valueAt(g, i))),
        )
        contribute(
          operation.gate,
          dy.map((value, i) => -value * strength * carried(i)),
        )
        return
      }
      case 'pool': {
        const x = activation(operation.input)
        const [, rows, columns, channels] = sidesOf(x)
        const ofImage = rows * columns * channels
        contribute(
          operation.input,
          x.values.map(
            (_, i) => valueAt(dy, Math.floor(i / ofImage) * channels + (i % channels)) / (rows * columns),
          ),
        )
        return
      }
      case 'dense': {
        const { kernelName, biasName, input, inputChannels, outputChannels } = operation
        const x = activation(input).values
        const kernel = parameter(kernelName).values
        const [ofKernel, ofBias] = [new Float64Array(kernel.length), new Float64Array(outputChannels)]
        const part = new Float64Array(x.length)
        dy.forEach((value, i) => {
          const [image, k] = [Math.floor(i / outputChannels), i % outputChannels]
          ofBias[k] = valueAt(ofBias, k) + value
          for (let c = 0; c < inputChannels; c++) {
            const [at, from] = [c * outputChannels + k, image * inputChannels + c]
            ofKernel[at] = valueAt(ofKernel, at) + value * valueAt(x, from)
            part[from] = valueAt(part, from) + value * valueAt(kernel, at)
          }
        })
        parameterGradients.set(kernelName, ofKernel)
        parameterGradients.set(biasName, ofBias)
        contribute(input, part)
        return
      }
      case 'max-pool':
        throw new Error('A network with the stem for images of 224 pixels is not trained here.')
      default:
        operation satisfies never
    }
  }

  gradients.set('logits', plainLossGradient(forward.logits, labels).values)
  for (const operation of plan.operations.toReversed()) {
    const dy = gradients.get(operation.output)
    if (dy !== undefined) backward(operation, dy)
  }
  return parameterGradients
}

/** Gradient of the mean cross-entropy by the logits: softmax, minus 1 for the label, by image. */
export const plainLossGradient = ({ shape, values }: PlainTensor, labels: ArrayLike<number>): PlainTensor => {
  const [batch = 1, classes = 1] = shape
  const gradient = plainZeros(shape)
  for (let n = 0; n < batch; n++) {
    const row = values.subarray(n * classes, (n + 1) * classes)
    const most = Math.max(...row)
    const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0)
    row.forEach((logit, k) => {
      const share = Math.exp(logit - most) / sum
      gradient.values[n * classes + k] = (share - (valueAt(labels, n) === k ? 1 : 0)) / batch
    })
  }
  return gradient
}
