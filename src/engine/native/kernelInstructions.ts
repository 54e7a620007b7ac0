import type { ConvOperation, NetworkPlan } from '../../domain/networkPlan.ts'
import {
  Dirac,
  DiracKernel,
  Opcode,
  PackKernel,
  PackTransposedKernel,
  PhaseKind,
  TransformKernel,
  Update,
} from './assembly/instructionSet.ts'
import { placeOf } from './channelLayout.ts'
import { parameterAt } from './compileForward.ts'
import { blocksOf } from './convInstructions.ts'
import type { MemoryLayout } from './memoryLayout.ts'
import { layoutOf } from './paddedLayout.ts'
import type { ProgramBuilder } from './programBuilder.ts'

/** Makes the kernels of all convolutions from the parameters, in the orders in which they are read. */
export const compileKernels = (plan: NetworkPlan, memory: MemoryLayout, builder: ProgramBuilder): void => {
  const convs = plan.operations.filter((operation) => operation.kind === 'conv')
  builder.beginPhase(PhaseKind.jobs)
  for (const conv of convs)
    if (conv.kernel === 'dirac')
      builder.emit(
        Opcode.diracKernel,
        { ...Dirac, ...DiracKernel },
        {
          ...diracFields(memory, conv),
          target: memory.conv(conv.name).effective,
        },
      )
  builder.beginPhase(PhaseKind.jobs)
  for (const conv of convs) {
    const { geometry, effective, packed, transposed } = memory.conv(conv.name)
    builder.emit(Opcode.packKernel, PackKernel, {
      source: effective,
      target: packed,
      rows: geometry.taps * geometry.groupInputs,
      rowFloats: geometry.outputChannels,
      groups: geometry.groups,
      ...blocksOf(geometry.groupOutputs),
    })
    if (conv.input === 'input') continue
    geometry.classes.forEach(({ taps }, index) => {
      builder.emit(Opcode.packTransposedKernel, PackTransposedKernel, {
        source: effective,
        target: transposed[index] ?? 0,
        inputChannels: geometry.groupInputs,
        outputChannels: geometry.groupOutputs,
        rowFloats: geometry.outputChannels,
        groups: geometry.groups,
        ...blocksOf(geometry.groupInputs),
        taps: memory.listAt(taps),
        tapCount: taps.length,
      })
    })
  }
  builder.beginPhase(PhaseKind.jobs)
  for (const conv of convs) {
    const { geometry, packed, transformed, transposed, transposedTransformed } = memory.conv(conv.name)
    const { inputChannels, outputChannels, usesWinograd } = geometry
    if (usesWinograd.forward)
      builder.emit(Opcode.transformKernel, TransformKernel, {
        source: packed,
        target: transformed,
        rows: inputChannels,
        blocks: outputChannels / 8,
      })
    if (usesWinograd.inputGradient && conv.input !== 'input')
      builder.emit(Opcode.transformKernel, TransformKernel, {
        source: transposed[0] ?? 0,
        target: transposedTransformed,
        rows: outputChannels,
        blocks: inputChannels / 8,
      })
  }
}

/** What a Dirac kernel and its gradient have in common. */
export const diracFields = (memory: MemoryLayout, conv: ConvOperation) => {
  const { geometry } = memory.conv(conv.name)
  return {
    weights: parameterAt(memory, conv.name),
    rows: geometry.taps * geometry.groupInputs,
    rowFloats: geometry.outputChannels,
    identity: parameterAt(memory, `${conv.name}.identity`),
    scale: parameterAt(memory, `${conv.name}.scale`),
    channels: memory.listAt(diracChannels(memory, conv)),
    channelCount: conv.outputChannels,
  } as const
}

/** Channel i of each group goes on as channel i of the same group, where there is one. What is not grouped may be read by what is. */
const diracChannels = (
  { channels, conv: placesOf }: MemoryLayout,
  conv: ConvOperation,
): readonly number[] => {
  const { taps, groupInputs: paddedInputs } = placesOf(conv.name).geometry
  const input = layoutOf(channels, conv.input)
  const output = layoutOf(channels, conv.output)
  const groupInputs = conv.inputChannels / conv.groups
  const groupOutputs = conv.outputChannels / conv.groups
  const centre = Math.floor(taps / 2) * paddedInputs
  return Array.from({ length: conv.outputChannels }, (_, channel) => {
    const inGroup = channel % groupOutputs
    const row = conv.groups > 1 ? inGroup : placeOf(input, inGroup)
    return [placeOf(output, channel), inGroup < groupInputs ? centre + row : -1]
  }).flat()
}

/** One step of SGD over all parameters. */
export const compileUpdate = (memory: MemoryLayout, builder: ProgramBuilder): void => {
  builder.beginPhase(PhaseKind.shared)
  builder.emit(Opcode.update, Update, {
    parameters: memory.parametersAt,
    momentum: memory.momentumAt,
    gradients: memory.gradientsAt,
    sliceBytes: memory.sliceBytes,
    floats: memory.parameters.size,
  })
}
