import type { ConvOperation } from '../../domain/networkPlan.ts'
import type { ChannelLayout } from './channelLayout.ts'
import { rowBytesOf } from './placeActivations.ts'

/** Pixels of the input's gradient that are reached by the same taps of the kernel: one class, or four where the stride is 2. */
export interface GradientClass {
  /** First row and column. */
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
  /** Taps in the order in which their stretches are read. */
  readonly taps: readonly number[]
  /** Offsets of those stretches from the gradient's pixel, bytes; floats of each. */
  readonly segments: readonly number[]
  readonly segmentFloats: number
}

/** A convolution as the engine computes it. Channels are with padding. */
export interface ConvGeometry {
  readonly inputChannels: number
  readonly outputChannels: number
  readonly groups: number
  readonly groupInputs: number
  readonly groupOutputs: number
  readonly taps: number
  /** Values of the padded kernel. */
  readonly floats: number
  /** Offsets of the stretches of input that one output pixel reads, bytes; floats of each. */
  readonly segments: readonly number[]
  readonly segmentFloats: number
  readonly classes: readonly GradientClass[]
  readonly usesWinograd: WinogradUse
}

/** What of a convolution is computed by Winograd's transformation. */
export interface WinogradUse {
  readonly forward: boolean
  readonly inputGradient: boolean
  readonly filterGradient: boolean
}

const floatBytes = 4

/** `usesWinograd`: left out, where it is faster. */
export const convGeometry = (
  conv: ConvOperation,
  input: ChannelLayout,
  output: ChannelLayout,
  usesWinograd: WinogradUse = whereFaster(conv, input.padded, output.padded),
): ConvGeometry => {
  const { kernelSize, groups } = conv
  const inputShape = { side: conv.inputSide, channels: input.padded }
  const groupInputs = groups > 1 ? input.paddedGroup : input.padded
  const groupOutputs = groups > 1 ? output.paddedGroup : output.padded
  const taps = kernelSize * kernelSize
  return {
    inputChannels: input.padded,
    outputChannels: output.padded,
    groups,
    groupInputs,
    groupOutputs,
    taps,
    floats: taps * groupInputs * output.padded,
    ...forwardSegments(conv, rowBytesOf(inputShape), input.padded, groupInputs),
    classes: gradientClasses(conv, output.padded, groupOutputs),
    usesWinograd,
  }
}

/** Neighbouring pixels of a row are one stretch, where all channels are read. */
const forwardSegments = (
  { kernelSize, padding, groups }: ConvOperation,
  rowBytes: number,
  channels: number,
  groupInputs: number,
): Pick<ConvGeometry, 'segments' | 'segmentFloats'> => {
  const pixel = channels * floatBytes
  const rows = range(kernelSize).map((row) => (row - padding) * rowBytes)
  if (groups === 1)
    return { segments: rows.map((row) => row - padding * pixel), segmentFloats: kernelSize * channels }
  return {
    segments: rows.flatMap((row) => range(kernelSize).map((column) => row + (column - padding) * pixel)),
    segmentFloats: groupInputs,
  }
}

/**
 * A pixel of the input is reached by tap k of the output pixel (pixel + padding − k)/stride, where that is whole: with stride 1 all taps,
 * turned round; with stride 2 the pixels fall into classes by whether row and column are odd.
 */
const gradientClasses = (
  { kernelSize, padding, stride, inputSide, outputSide, groups }: ConvOperation,
  outputChannels: number,
  groupOutputs: number,
): readonly GradientClass[] => {
  const rowBytes = rowBytesOf({ side: outputSide, channels: outputChannels })
  const pixel = outputChannels * floatBytes
  const tapsOf = (odd: number): readonly { readonly tap: number; readonly shift: number }[] =>
    range(kernelSize)
      .map((tap) => ({ tap, shift: (odd + padding - tap) / stride }))
      .filter(({ shift }) => Number.isInteger(shift))
      .sort((a, b) => a.shift - b.shift)
  return range(stride).flatMap((row) =>
    range(stride).flatMap((column): GradientClass[] => {
      const rows = Math.ceil((inputSide - row) / stride)
      const columns = Math.ceil((inputSide - column) / stride)
      if (rows < 1 || columns < 1) return []
      const reached = tapsOf(row).flatMap((ofRow) => tapsOf(column).map((ofColumn) => ({ ofRow, ofColumn })))
      const offsets = reached.map(({ ofRow, ofColumn }) => ofRow.shift * rowBytes + ofColumn.shift * pixel)
      const joins = groups === 1 && stride === 1
      return [
        {
          row,
          column,
          rows,
          columns,
          taps: reached.map(({ ofRow, ofColumn }) => ofRow.tap * kernelSize + ofColumn.tap),
          segments: joins ? offsets.filter((_, index) => index % kernelSize === 0) : offsets,
          segmentFloats: joins ? kernelSize * groupOutputs : groupOutputs,
        },
      ]
    }),
  )
}

/**
 * Where it was measured to be faster than the direct sums: see `bench`. It takes output channels eight at a time. The filter gradient
 * of eight channels is the exception: alone it is a quarter faster this way, but a whole step of a network is not. The choice decides in
 * which order sums are taken, and so the last digits of every run that was ever shared: it follows the shapes alone, and stays.
 */
const whereFaster = (
  { kernelSize, stride, groups, inputSide }: ConvOperation,
  inputChannels: number,
  outputChannels: number,
): WinogradUse => {
  const fits = kernelSize === 3 && stride === 1 && groups === 1 && inputSide > 1
  const isWide = Math.min(inputChannels, outputChannels) >= 8
  return {
    forward: fits && isWide && outputChannels % 8 === 0,
    inputGradient: fits && isWide && inputChannels % 8 === 0,
    filterGradient: fits && Math.min(inputChannels, outputChannels) >= 16 && outputChannels % 8 === 0,
  }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
