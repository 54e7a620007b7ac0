import type { ActivationName, ConvOperation, NormOperation, Operation } from './networkPlan.ts'

interface Shape {
  readonly side: number
  readonly channels: number
}

interface ConvRequest extends Pick<ConvOperation, 'kernelSize' | 'stride'> {
  readonly outputChannels: number
  readonly groups?: number
  readonly kernel?: ConvOperation['kernel']
}

/** Side after a convolution or pooling that is padded to its own half: ⌊(side − 1)/stride⌋ + 1. */
export const sideAfter = (side: number, stride: 1 | 2): number => Math.floor((side - 1) / stride) + 1

/** Operations in order of execution, and the shapes that go from one to the next. Each method gives the name of what it wrote. */
export class LayerList {
  readonly operations: Operation[] = []
  readonly #shapes = new Map<ActivationName, Shape>()

  constructor(input: Shape) {
    this.#shapes.set('input', input)
  }

  shapeOf(name: ActivationName): Shape {
    const shape = this.#shapes.get(name)
    if (shape === undefined) throw new Error(`Nothing wrote ${name}.`)
    return shape
  }

  append(operation: Operation, shape: Shape): ActivationName {
    this.operations.push(operation)
    this.#shapes.set(operation.output, shape)
    return operation.output
  }

  conv(
    block: number | null,
    name: string,
    input: ActivationName,
    { kernelSize, stride, outputChannels, groups = 1, kernel = 'free' }: ConvRequest,
  ): ActivationName {
    const { side: inputSide, channels: inputChannels } = this.shapeOf(input)
    const outputSide = sideAfter(inputSide, stride)
    return this.append(
      {
        kind: 'conv',
        block,
        name,
        input,
        output: name,
        kernelSize,
        stride,
        padding: kernelSize === 7 ? 3 : kernelSize === 3 ? 1 : 0,
        groups,
        kernel,
        inputSide,
        outputSide,
        inputChannels,
        outputChannels,
      },
      { side: outputSide, channels: outputChannels },
    )
  }

  norm(
    block: number | null,
    name: string,
    input: ActivationName,
    initialGamma: NormOperation['initialGamma'] = 1,
  ): ActivationName {
    const shape = this.shapeOf(input)
    return this.append({ kind: 'norm', block, name, input, output: name, initialGamma, ...shape }, shape)
  }

  relu(block: number | null, output: ActivationName, input: ActivationName): ActivationName {
    const shape = this.shapeOf(input)
    return this.append({ kind: 'relu', block, input, output, ...shape }, shape)
  }
}
