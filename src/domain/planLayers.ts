import { LayerList, sideAfter } from './layerList.ts'
import type { ActivationName, BlockPlan, NetworkPlan } from './networkPlan.ts'
import { depthOf, type NetworkSpec } from './networkSpec.ts'
import { blockConvs, planBlock, shortcutPathOf } from './planBlock.ts'

/**
 * The single expansion of a network description into layers: engine, drawing, counts and initial weights all read it.
 * Stem, stages of blocks, global average pooling, dense layer (He et al. 2015, sections 3.3 and 4.2).
 */
export const planLayers = (spec: NetworkSpec): NetworkPlan => {
  const list = new LayerList({ side: spec.imageSize, channels: spec.channels })
  const blocks: BlockPlan[] = []
  let x = planStem(list, spec)
  spec.blocksPerStage.forEach((count, position) => {
    for (let numberInStage = 1; numberInStage <= count; numberInStage++) {
      const block = describeBlock(list, spec, x, blocks.length, position + 1, numberInStage)
      blocks.push(block)
      x = planBlock(list, spec, block, x)
    }
  })
  planHead(list, spec, x)
  return { spec, depth: depthOf(spec.block, spec.blocksPerStage), operations: list.operations, blocks }
}

const planStem = (list: LayerList, spec: NetworkSpec): ActivationName => {
  const isLarge = spec.stem === 'large'
  const conv = list.conv(null, 'stem.conv', 'input', {
    kernelSize: isLarge ? 7 : 3,
    stride: isLarge ? 2 : 1,
    outputChannels: spec.width,
  })
  // The first block begins with its own batch norm and ReLU.
  if (spec.order === 'full-preact' && !isLarge) return conv
  const normalised = spec.batchNorm ? list.norm(null, 'stem.bn', conv) : conv
  const relu = list.relu(null, 'stem.relu', normalised)
  if (!isLarge) return relu
  const { side: inputSide, channels } = list.shapeOf(relu)
  const outputSide = sideAfter(inputSide, 2)
  return list.append(
    { kind: 'max-pool', block: null, input: relu, output: 'stem.pool', inputSide, outputSide, channels },
    { side: outputSide, channels },
  )
}

const planHead = (list: LayerList, spec: NetworkSpec, x: ActivationName): void => {
  let present = x
  if (spec.order === 'full-preact' && spec.batchNorm) present = list.norm(null, 'head.bn', present)
  if (spec.order === 'full-preact' || spec.order === 'relu-only-preact')
    present = list.relu(null, 'head.relu', present)
  const { side, channels } = list.shapeOf(present)
  const pool = list.append(
    { kind: 'pool', block: null, input: present, output: 'head.pool', side, channels },
    { side: 1, channels },
  )
  list.append(
    {
      kind: 'dense',
      block: null,
      kernelName: 'head.dense',
      biasName: 'head.bias',
      input: pool,
      output: 'logits',
      inputChannels: channels,
      outputChannels: spec.classes,
    },
    { side: 1, channels: spec.classes },
  )
}

const describeBlock = (
  list: LayerList,
  spec: NetworkSpec,
  x: ActivationName,
  index: number,
  stage: number,
  numberInStage: number,
): BlockPlan => {
  const stride = stage > 1 && numberInStage === 1 ? 2 : 1
  const { side, channels: inputChannels } = list.shapeOf(x)
  const outputChannels = blockConvs(spec, stage, stride).at(-1)?.outputChannels ?? inputChannels
  return {
    index,
    stage,
    numberInStage,
    name: `stage${stage}.block${numberInStage}`,
    stride,
    inputChannels,
    outputChannels,
    outputSide: sideAfter(side, stride),
    shortcutPath: shortcutPathOf(spec, stride !== 1 || inputChannels !== outputChannels),
  }
}
