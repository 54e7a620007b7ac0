import type { NetworkSpec } from './networkSpec.ts'

/** Name of an activation: the layer that writes it. Inputs of the network are called `input`. */
export type ActivationName = string

interface OperationBase {
  /** Index of the block it belongs to, counted through all stages; null for stem and head. */
  readonly block: number | null
  readonly output: ActivationName
}

/** k×k convolution without bias, NHWC with HWIO kernel; 3×3 is padded by 1 on each side, 1×1 is not. */
export interface ConvOperation extends OperationBase {
  readonly kind: 'conv'
  /** Also the name of its kernel. */
  readonly name: string
  readonly input: ActivationName
  readonly kernelSize: 1 | 3
  readonly stride: 1 | 2
  readonly padding: 0 | 1
  readonly inputSide: number
  readonly outputSide: number
  readonly inputChannels: number
  readonly outputChannels: number
}

/** Batch normalisation over batch, rows and columns; parameters `NAME.gamma`, `NAME.beta`, statistics `NAME.mean`, `NAME.variance`. */
export interface NormOperation extends OperationBase {
  readonly kind: 'norm'
  readonly name: string
  readonly input: ActivationName
  readonly side: number
  readonly channels: number
}

export interface ReluOperation extends OperationBase {
  readonly kind: 'relu'
  readonly input: ActivationName
  readonly side: number
  readonly channels: number
}

/** Shortcut A where the dimensions change: every stride-th pixel, zero channels appended (He et al. 2015, section 3.3). */
export interface SubsamplePadOperation extends OperationBase {
  readonly kind: 'subsample-pad'
  readonly input: ActivationName
  readonly stride: 1 | 2
  readonly inputSide: number
  readonly outputSide: number
  readonly inputChannels: number
  readonly outputChannels: number
}

/** residual + strength · shortcut; strength 1 is on, 0 is off, between while it fades. */
export interface AddOperation extends OperationBase {
  readonly kind: 'add'
  readonly block: number
  readonly residual: ActivationName
  readonly shortcut: ActivationName
  readonly side: number
  readonly channels: number
}

/** Global average pooling to [batch, channels]. */
export interface PoolOperation extends OperationBase {
  readonly kind: 'pool'
  readonly input: ActivationName
  readonly side: number
  readonly channels: number
}

/** Fully connected with bias: `head.dense` [in, out] and `head.bias` [out]; its output is the logits. */
export interface DenseOperation extends OperationBase {
  readonly kind: 'dense'
  readonly kernelName: string
  readonly biasName: string
  readonly input: ActivationName
  readonly inputChannels: number
  readonly outputChannels: number
}

export type Operation =
  | ConvOperation
  | NormOperation
  | ReluOperation
  | SubsamplePadOperation
  | AddOperation
  | PoolOperation
  | DenseOperation

/** What carries x past a block. */
export type ShortcutPath = 'none' | 'identity' | 'subsample-pad' | 'projection'

/** One residual block, as pictures and tables speak of it. */
export interface BlockPlan {
  /** Counted from 0 through all stages. */
  readonly index: number
  /** 1, 2 or 3. */
  readonly stage: number
  /** 1 … blocksPerStage. */
  readonly numberInStage: number
  readonly name: string
  readonly stride: 1 | 2
  readonly inputChannels: number
  readonly outputChannels: number
  readonly outputSide: number
  readonly shortcutPath: ShortcutPath
}

export interface NetworkPlan {
  readonly spec: NetworkSpec
  readonly depth: number
  /** In order of execution; every activation is written once, before it is read. */
  readonly operations: readonly Operation[]
  readonly blocks: readonly BlockPlan[]
}

const stages = [1, 2, 3] as const

/** Side after a convolution padded to its own half: ⌊(side − 1)/stride⌋ + 1. */
const sideAfter = (side: number, stride: 1 | 2): number => Math.floor((side - 1) / stride) + 1

/**
 * The single expansion of a network description into layers: engine, drawing, counts and initial weights all read it.
 * Basic blocks in the original order, y = ReLU(F(x) + shortcut(x)) (He et al. 2015, sections 3.2, 3.3 and 4.2).
 */
export const planLayers = (spec: NetworkSpec): NetworkPlan => {
  const operations: Operation[] = []
  const blocks: BlockPlan[] = []

  const convNorm = (
    block: number | null,
    convName: string,
    normName: string,
    input: ActivationName,
    shape: {
      kernelSize: 1 | 3
      stride: 1 | 2
      inputSide: number
      inputChannels: number
      outputChannels: number
    },
  ): ActivationName => {
    const outputSide = sideAfter(shape.inputSide, shape.stride)
    const padding = shape.kernelSize === 3 ? 1 : 0
    operations.push({
      kind: 'conv',
      block,
      name: convName,
      input,
      output: convName,
      ...shape,
      padding,
      outputSide,
    })
    operations.push({
      kind: 'norm',
      block,
      name: normName,
      input: convName,
      output: normName,
      side: outputSide,
      channels: shape.outputChannels,
    })
    return normName
  }
  const relu = (
    block: number | null,
    output: string,
    input: ActivationName,
    side: number,
    channels: number,
  ): ActivationName => {
    operations.push({ kind: 'relu', block, input, output, side, channels })
    return output
  }

  let side = spec.imageSize
  let channels = spec.width
  const stem = convNorm(null, 'stem.conv', 'stem.bn', 'input', {
    kernelSize: 3,
    stride: 1,
    inputSide: side,
    inputChannels: spec.channels,
    outputChannels: channels,
  })
  let x = relu(null, 'stem.relu', stem, side, channels)

  for (const stage of stages) {
    for (let numberInStage = 1; numberInStage <= spec.blocksPerStage; numberInStage++) {
      const index = blocks.length
      const name = `stage${stage}.block${numberInStage}`
      const stride = stage > 1 && numberInStage === 1 ? 2 : 1
      const inputSide = side
      const inputChannels = channels
      const outputSide = sideAfter(side, stride)
      const outputChannels = spec.width * 2 ** (stage - 1)

      const inner = convNorm(index, `${name}.conv1`, `${name}.bn1`, x, {
        kernelSize: 3,
        stride,
        inputSide,
        inputChannels,
        outputChannels,
      })
      const hidden = relu(index, `${name}.relu1`, inner, outputSide, outputChannels)
      const residual = convNorm(index, `${name}.conv2`, `${name}.bn2`, hidden, {
        kernelSize: 3,
        stride: 1,
        inputSide: outputSide,
        inputChannels: outputChannels,
        outputChannels,
      })

      const changes = stride !== 1 || inputChannels !== outputChannels
      const shortcutPath = shortcutPathOf(spec, changes)
      let shortcut: ActivationName | null = null
      if (shortcutPath === 'identity') shortcut = x
      if (shortcutPath === 'subsample-pad') {
        shortcut = `${name}.shortcut`
        operations.push({
          kind: 'subsample-pad',
          block: index,
          input: x,
          output: shortcut,
          stride,
          inputSide,
          outputSide,
          inputChannels,
          outputChannels,
        })
      }
      if (shortcutPath === 'projection')
        shortcut = convNorm(index, `${name}.projection.conv`, `${name}.projection.bn`, x, {
          kernelSize: 1,
          stride,
          inputSide,
          inputChannels,
          outputChannels,
        })

      let sum = residual
      if (shortcut !== null) {
        sum = `${name}.sum`
        operations.push({
          kind: 'add',
          block: index,
          residual,
          shortcut,
          output: sum,
          side: outputSide,
          channels: outputChannels,
        })
      }
      x = relu(index, `${name}.relu2`, sum, outputSide, outputChannels)
      blocks.push({
        index,
        stage,
        numberInStage,
        name,
        stride,
        inputChannels,
        outputChannels,
        outputSide,
        shortcutPath,
      })
      side = outputSide
      channels = outputChannels
    }
  }

  operations.push({ kind: 'pool', block: null, input: x, output: 'head.pool', side, channels })
  operations.push({
    kind: 'dense',
    block: null,
    kernelName: 'head.dense',
    biasName: 'head.bias',
    input: 'head.pool',
    output: 'logits',
    inputChannels: channels,
    outputChannels: spec.classes,
  })
  return { spec, depth: 6 * spec.blocksPerStage + 2, operations, blocks }
}

const shortcutPathOf = (spec: NetworkSpec, dimensionsChange: boolean): ShortcutPath => {
  switch (spec.shortcut) {
    case 'none':
      return 'none'
    case 'A':
      return dimensionsChange ? 'subsample-pad' : 'identity'
    case 'B':
      return dimensionsChange ? 'projection' : 'identity'
    case 'C':
      return 'projection'
    default:
      return spec.shortcut satisfies never
  }
}
