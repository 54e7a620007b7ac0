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
  const output = layoutOf(memory.channels, conv.output)
  return {
    weights: parameterAt(memory, conv.name),
    rows: geometry.taps * geometry.groupInputs,
    rowFloats: geometry.outputChannels,
    identity: parameterAt(memory, `${conv.name}.identity`),
    scale: parameterAt(memory, `${conv.name}.scale`),
    centre: Math.floor(geometry.taps / 2) * geometry.groupInputs,
    groups: geometry.groups,
    paddedGroupOutputs: geometry.groupOutputs,
    groupOutputs: output.channels / geometry.groups,
    groupInputs: conv.inputChannels / geometry.groups,
  } as const
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
