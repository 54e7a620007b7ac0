import type { ConvOperation, NetworkPlan } from '../../domain/networkPlan.ts'
import { parametersOf, statisticsOf } from '../../domain/parameters.ts'
import { trainableOperations } from '../activeOperations.ts'
import { runTexels } from './shaders/convShader.ts'
import { classBlocksOf } from './shaders/headShaders.ts'

/** Where one tensor of a network lies in its flat state. */
export interface StateEntry {
  readonly name: string
  /** First texel. */
  readonly first: number
  readonly texels: number
  /** Of each number of the tensor, its float within the state: 4 · texel + lane. */
  readonly floats: Int32Array
}

/**
 * Everything that training changes in one network, in lines of texels: kernels as runs of 4×4 matrices, vectors by 4 channels, running
 * statistics among them. The networks of a group lie below one another.
 */
export interface StateLayout {
  readonly entries: ReadonlyMap<string, StateEntry>
  readonly statistics: ReadonlySet<string>
  /** Texels of a line: every run fits a line, or several do. */
  readonly width: number
  /** Lines of one network. */
  readonly lines: number
}

/** A multiple of the texels of a run of any kernel, 4 or 36. */
const narrowest = 144

/** Throws a RangeError where the device's textures are too small. */
export const stateLayoutOf = (plan: NetworkPlan, networks: number, maxTextureSide: number): StateLayout => {
  const entries = new Map<string, StateEntry>()
  let end = 0
  const append = (name: string, run: number, texels: number, floats: (first: number) => Int32Array): void => {
    const first = Math.ceil(end / run) * run
    end = first + texels
    entries.set(name, { name, first, texels, floats: floats(first) })
  }
  const appendVector = (name: string, size: number): void =>
    append(name, 1, Math.ceil(size / 4), (first) =>
      Int32Array.from({ length: size }, (_, i) => 4 * first + i),
    )

  const convs = new Map(
    trainableOperations(plan).flatMap((operation) =>
      operation.kind === 'conv' ? [[operation.name, operation] as const] : [],
    ),
  )
  for (const { name, shape } of parametersOf(plan)) {
    const conv = convs.get(name)
    if (conv !== undefined) {
      const length = runTexels(conv.kernelSize)
      const { inputs } = groupBlocks(conv)
      const runs = Math.ceil(conv.outputChannels / 4) * inputs
      append(name, length, runs * length, (first) => kernelFloats(conv, first))
    } else if (name === 'head.dense') {
      const [inputs = 0, classes = 0] = shape
      const channelBlocks = Math.ceil(inputs / 4)
      append(name, 4, classBlocksOf(classes) * channelBlocks * 4, (first) =>
        denseFloats(inputs, classes, first),
      )
    } else appendVector(name, shape[0] ?? 1)
  }
  const statistics = new Set<string>()
  for (const { name, channels } of statisticsOf(plan))
    for (const moment of [`${name}.mean`, `${name}.variance`]) {
      appendVector(moment, channels)
      statistics.add(moment)
    }

  let width = narrowest
  while (Math.ceil(end / width) * networks > maxTextureSide && width * 2 <= maxTextureSide) width *= 2
  const lines = Math.ceil(end / width)
  if (lines * networks > maxTextureSide)
    throw new RangeError('The weights of these networks are too many for one texture of this device.')
  return { entries, statistics, width, lines }
}

export const entryNamed = ({ entries }: StateLayout, name: string): StateEntry => {
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`A network has no tensor ${name}.`)
  return entry
}

/**
 * Blocks of 4 channels that are computed together, on either side. Groups of 1 or 2 channels share a block, in which the weights between
 * groups stay 0; groups that do not fit blocks at all are computed as if there were one.
 */
export const groupBlocks = ({
  groups,
  inputChannels,
  outputChannels,
}: Pick<ConvOperation, 'groups' | 'inputChannels' | 'outputChannels'>): {
  readonly inputs: number
  readonly outputs: number
} => {
  const ofGroup = { inputs: inputChannels / groups, outputs: outputChannels / groups }
  if (groups > 1 && ofGroup.inputs % 4 === 0 && ofGroup.outputs % 4 === 0)
    return { inputs: ofGroup.inputs / 4, outputs: ofGroup.outputs / 4 }
  if (groups > 1 && 4 % ofGroup.inputs === 0 && ofGroup.inputs === ofGroup.outputs)
    return { inputs: 1, outputs: 1 }
  return { inputs: Math.ceil(inputChannels / 4), outputs: Math.ceil(outputChannels / 4) }
}

/** [k, k, I per group, O]: the texel of an input channel holds what it gives to 4 output channels. */
const kernelFloats = (conv: ConvOperation, first: number): Int32Array => {
  const { kernelSize, groups, inputChannels, outputChannels } = conv
  const blocks = groupBlocks(conv)
  const taps = kernelSize ** 2
  const inputs = inputChannels / groups
  const outputs = outputChannels / groups
  const floats = new Int32Array(taps * inputs * outputChannels)
  let at = 0
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputChannels; o++) {
        const channel = Math.floor(o / outputs) * inputs + i
        const outputBlock = o >> 2
        const inGroup = (channel >> 2) - Math.floor(outputBlock / blocks.outputs) * blocks.inputs
        const run = outputBlock * blocks.inputs + inGroup
        floats[at++] = 4 * (first + (run * taps + tap) * 4 + (channel & 3)) + (o & 3)
      }
  return floats
}

const denseFloats = (inputs: number, classes: number, first: number): Int32Array => {
  const channelBlocks = Math.ceil(inputs / 4)
  const floats = new Int32Array(inputs * classes)
  for (let i = 0; i < inputs; i++)
    for (let o = 0; o < classes; o++)
      floats[i * classes + o] = 4 * (first + ((o >> 2) * channelBlocks + (i >> 2)) * 4 + (i & 3)) + (o & 3)
  return floats
}
