import type { ConvOperation, NetworkPlan, Operation } from '../../../domain/networkPlan.ts'
import { flatten, parameterLayout, unflatten } from '../../flatLayout.ts'
import { type PlainTensor, plainOf } from '../../testing/PlainTensor.ts'
import { smallSpec } from '../../testing/smallExperiment.ts'
import { Slices } from '../assembly/instructionSet.ts'
import { compileClearing } from '../compileBackward.ts'
import type { WinogradUse } from '../convGeometry.ts'
import { compileKernels } from '../kernelInstructions.ts'
import { layOutMemory, type MemoryLayout } from '../memoryLayout.ts'
import type { KernelBench, KernelRun } from './kernelBench.ts'

/** One convolution, by itself or beside grouped ones, whose padding it then shares. */
export interface ConvCase {
  readonly batch: number
  readonly side: number
  readonly groups: number
  /** Channels of one group. */
  readonly groupInputs: number
  readonly groupOutputs: number
  readonly kernelSize: 1 | 3
  readonly stride: 1 | 2
  /** Groups of the convolution that writes what this one reads, and of the one that reads what this one writes. */
  readonly groupsBefore: number
  readonly groupsBehind: number
}

export interface ConvBench {
  readonly conv: ConvOperation
  readonly layout: MemoryLayout
  /** A program; run it by `run`. */
  readonly begin: () => KernelRun
  readonly run: (program: KernelRun) => void
  /** Gradients by tensor, the slices' added. Throws where that of the padding is not zero. */
  readonly readGradients: () => ReadonlyMap<string, PlainTensor>
}

/** Lays out the memory for a convolution, and makes its kernels from its parameters, by name. */
export const layOutConv = (
  bench: KernelBench,
  sizes: ConvCase,
  parameters: ReadonlyMap<string, PlainTensor>,
  usesWinograd?: WinogradUse,
): ConvBench => {
  const conv = convOf(sizes, parameters.has('conv.scale') ? 'dirac' : 'free')
  const plan = planAround(conv, sizes)
  const layout = layOutMemory(plan, { start: bench.end(), capacity: sizes.batch, threads: 1 }, usesWinograd)
  const flat = parameterLayout(plan)
  const values = flat.entries.map(({ name, size }) => {
    const tensor = parameters.get(name)?.values
    return [name, tensor === undefined ? new Float32Array(size) : Float32Array.from(tensor)] as const
  })
  const { effective, geometry } = layout.conv(conv.name)
  bench.writeFloats(effective, new Float32Array(geometry.floats))
  bench.writeFloats(layout.parametersAt, layout.parameters.pad(flatten(flat, new Map(values))))
  bench.writeFloats(layout.one, [1])

  const begin = bench.begin
  const run = (program: KernelRun): void => {
    // Emitted instructions name their lists.
    for (const { address, numbers } of layout.lists.values()) bench.writeIntegers(address, numbers)
    program.run(sizes.batch, layout.end)
  }
  const kernels = begin()
  compileKernels({ ...plan, operations: [conv] }, layout, kernels.builder)
  compileClearing({ memory: layout, builder: kernels.builder })
  run(kernels)
  return {
    conv,
    layout,
    begin,
    run,
    readGradients: () => {
      const sum = new Float32Array(layout.parameters.size)
      for (let slice = 0; slice < Slices.count; slice++) {
        const ofSlice = bench.readFloats(layout.gradientsAt + slice * layout.sliceBytes, sum.length)
        for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (ofSlice[i] ?? Number.NaN)
      }
      const unpadded = layout.parameters.unpad(sum)
      const padding = layout.parameters.pad(unpadded).findIndex((value, i) => value !== sum[i])
      if (padding >= 0) throw new Error(`The padding has a gradient of ${sum[padding]}.`)
      return new Map(
        [...unflatten(flat, unpadded)].map(([name, gradient]) => [
          name,
          plainOf(parameters.get(name)?.shape ?? [gradient.length], gradient),
        ]),
      )
    },
  }
}

const convOf = (
  { side, groups, groupInputs, groupOutputs, kernelSize, stride }: ConvCase,
  kernel: ConvOperation['kernel'],
): ConvOperation => ({
  kind: 'conv',
  block: null,
  name: 'conv',
  input: 'x',
  output: 'y',
  kernelSize,
  stride,
  padding: kernelSize === 3 ? 1 : 0,
  groups,
  kernel,
  inputSide: side,
  outputSide: Math.ceil(side / stride),
  inputChannels: groups * groupInputs,
  outputChannels: groups * groupOutputs,
})

/** A network that no one could train: what matters are the layouts of its activations. */
const planAround = (conv: ConvOperation, { groupsBefore, groupsBehind }: ConvCase): NetworkPlan => {
  const { inputChannels, outputChannels, inputSide, outputSide } = conv
  const grouped = (
    name: string,
    input: string,
    output: string,
    groups: number,
    channels: number,
    side: number,
  ): Operation => ({
    ...conv,
    ...{ name, input, output, groups, kernel: 'free', kernelSize: 1, stride: 1, padding: 0 },
    ...{ inputSide: side, outputSide: side, inputChannels: channels, outputChannels: channels },
  })
  const first: Operation =
    groupsBefore > 1
      ? grouped('before', 'input', 'x', groupsBefore, inputChannels, inputSide)
      : { kind: 'relu', block: null, input: 'input', output: 'x', side: inputSide, channels: inputChannels }
  const last = groupsBehind > 1 ? [grouped('behind', 'y', 'z', groupsBehind, outputChannels, outputSide)] : []
  return {
    spec: smallSpec({ imageSize: inputSide, channels: inputChannels }),
    depth: 1,
    operations: [first, conv, ...last],
    blocks: [],
  }
}
