import type { ConvOperation } from '../../domain/networkPlan.ts'
import {
  Convolution,
  FilterGradient,
  Opcode,
  Winograd,
  WinogradFilterGradient,
} from './assembly/instructionSet.ts'
import type { MemoryLayout } from './memoryLayout.ts'
import type { Activation } from './placeActivations.ts'
import { rowBytesOf } from './placeActivations.ts'
import type { ProgramBuilder } from './programBuilder.ts'

const floatBytes = 4

/** Blocks of eight channels, and whether four more follow. */
export const blocksOf = (channels: number): { readonly blocks: number; readonly fourMore: number } => ({
  blocks: Math.floor(channels / 8),
  fourMore: channels % 8 === 0 ? 0 : 1,
})

export const emitConvolution = (
  builder: ProgramBuilder,
  memory: MemoryLayout,
  conv: ConvOperation,
  input: Activation,
  output: Activation,
): void => {
  const { geometry, packed, transformed } = memory.conv(conv.name)
  const { inputChannels, outputChannels } = geometry
  if (geometry.usesWinograd.forward) {
    builder.emit(Opcode.winograd, Winograd, {
      input,
      output,
      side: conv.outputSide,
      inputChannels,
      outputChannels,
      kernel: transformed,
      scratch: memory.winogradAt,
      scratchBytes: memory.winogradBytes,
    })
    return
  }
  const inputPixel = inputChannels * floatBytes
  builder.emit(Opcode.convolution, Convolution, {
    input,
    output,
    inputPixel: conv.stride * inputPixel,
    inputRow: conv.stride * rowBytesOf(input.shape),
    outputPixel: outputChannels * floatBytes,
    outputRow: rowBytesOf(output.shape),
    outputStart: 0,
    rows: conv.outputSide,
    columns: conv.outputSide,
    kernel: packed,
    segments: memory.listAt(geometry.segments),
    segmentCount: geometry.segments.length,
    segmentFloats: geometry.segmentFloats,
    ...blocksOf(geometry.groupOutputs),
    groups: geometry.groups,
    inputGroup: geometry.groupInputs * floatBytes,
    outputGroup: geometry.groupOutputs * floatBytes,
    kernelGroup: geometry.taps * geometry.groupInputs * geometry.groupOutputs * floatBytes,
  })
}

/** The gradient of a convolution's input, from that of its output. */
export const emitInputGradient = (
  builder: ProgramBuilder,
  memory: MemoryLayout,
  conv: ConvOperation,
  gradient: Activation,
  inputGradient: Activation,
): void => {
  const { geometry, transposed, transposedTransformed } = memory.conv(conv.name)
  const { inputChannels, outputChannels, groupInputs, groupOutputs } = geometry
  if (geometry.usesWinograd.inputGradient) {
    builder.emit(Opcode.winograd, Winograd, {
      input: gradient,
      output: inputGradient,
      side: conv.inputSide,
      inputChannels: outputChannels,
      outputChannels: inputChannels,
      kernel: transposedTransformed,
      scratch: memory.winogradAt,
      scratchBytes: memory.winogradBytes,
    })
    return
  }
  const pixel = inputChannels * floatBytes
  const row = rowBytesOf(inputGradient.shape)
  geometry.classes.forEach((ofClass, index) => {
    builder.emit(Opcode.convolution, Convolution, {
      input: gradient,
      output: inputGradient,
      inputPixel: outputChannels * floatBytes,
      inputRow: rowBytesOf(gradient.shape),
      outputPixel: conv.stride * pixel,
      outputRow: conv.stride * row,
      outputStart: ofClass.row * row + ofClass.column * pixel,
      rows: ofClass.rows,
      columns: ofClass.columns,
      kernel: transposed[index] ?? 0,
      segments: memory.listAt(ofClass.segments),
      segmentCount: ofClass.segments.length,
      segmentFloats: ofClass.segmentFloats,
      ...blocksOf(groupInputs),
      groups: geometry.groups,
      inputGroup: groupOutputs * floatBytes,
      outputGroup: groupInputs * floatBytes,
      kernelGroup: ofClass.taps.length * groupInputs * groupOutputs * floatBytes,
    })
  })
}

/** `kernelGradient`: address in the first slice. */
export const emitFilterGradient = (
  builder: ProgramBuilder,
  memory: MemoryLayout,
  conv: ConvOperation,
  input: Activation,
  gradient: Activation,
  kernelGradient: number,
): void => {
  const { geometry } = memory.conv(conv.name)
  const { inputChannels, outputChannels } = geometry
  const { sliceBytes } = memory
  if (geometry.usesWinograd.filterGradient) {
    builder.emit(Opcode.winogradFilterGradient, WinogradFilterGradient, {
      input,
      gradient,
      side: conv.outputSide,
      inputChannels,
      outputChannels,
      kernelGradient,
      sliceBytes,
      scratch: memory.winogradAt,
      scratchBytes: memory.winogradBytes,
      sums: memory.sumsAt,
      sumsBytes: memory.sumsBytes,
    })
    return
  }
  builder.emit(Opcode.filterGradient, FilterGradient, {
    input,
    gradient,
    inputPixel: conv.stride * inputChannels * floatBytes,
    inputRow: conv.stride * rowBytesOf(input.shape),
    gradientPixel: outputChannels * floatBytes,
    rows: conv.outputSide,
    columns: conv.outputSide,
    segments: memory.listAt(geometry.segments),
    segmentCount: geometry.segments.length,
    segmentFloats: geometry.segmentFloats,
    ...blocksOf(geometry.groupOutputs),
    groups: geometry.groups,
    inputGroup: geometry.groupInputs * floatBytes,
    outputGroup: geometry.groupOutputs * floatBytes,
    rowFloats: outputChannels,
    kernelGradient,
    sliceBytes,
  })
}
