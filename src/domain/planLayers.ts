import type { ActivationName, BlockPlan, NetworkPlan, Operation, ShortcutPath } from './networkPlan.ts'
import { depthOf, type NetworkSpec } from './networkSpec.ts'

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
  return { spec, depth: depthOf(spec.blocksPerStage), operations, blocks }
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
