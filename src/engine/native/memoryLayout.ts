import type { ConvOperation, NetworkPlan, NormOperation } from '../../domain/networkPlan.ts'
import { Control, NormKept, Slices, WinogradLot } from './assembly/instructionSet.ts'
import { type ChannelLayout, channelLayouts, roundUp } from './channelLayout.ts'
import { type ConvGeometry, convGeometry, type WinogradUse } from './convGeometry.ts'
import { layoutOf, type PaddedLayout, paddedParameters, paddedStatistics } from './paddedLayout.ts'
import { align } from './placeActivations.ts'

/** Addresses of what one normalisation keeps from pass to pass. */
export interface NormPlaces {
  readonly kept: number
  readonly partials: number
  readonly gradientPartials: number
  readonly gradientFactors: number
}

/** Addresses of the kernels of one convolution as they are computed with. */
export interface ConvPlaces {
  readonly geometry: ConvGeometry
  /** Made of the parameters where they are no free kernel; else the parameters themselves. */
  readonly effective: number
  readonly packed: number
  /** 0 where Winograd's transformation is not used. */
  readonly transformed: number
  /** One for each class of pixels of the input's gradient. */
  readonly transposed: readonly number[]
  readonly transposedTransformed: number
}

/** Where everything lies that stays between two programs. Addresses in bytes. */
export interface MemoryLayout {
  readonly capacity: number
  readonly threads: number
  readonly channels: ReadonlyMap<string, ChannelLayout>
  readonly parameters: PaddedLayout
  readonly statistics: PaddedLayout
  readonly control: number
  /** A float of 1; a row of scale 1 and one of shift 0 for as many channels as any activation has. */
  readonly one: number
  identityKept(channels: number): number
  readonly parametersAt: number
  readonly momentumAt: number
  /** Running statistics, those that an evaluation gives, those of a batch. */
  readonly runningAt: number
  readonly givenAt: number
  readonly batchAt: number
  /** One vector for each slice. */
  readonly gradientsAt: number
  readonly sliceBytes: number
  readonly stagingAt: number
  readonly labelsAt: number
  readonly movesAt: number
  readonly logitsAt: number
  readonly classRowFloats: number
  /** By block three floats: factor of the residual, of the shortcut, strength. */
  factorAt(block: number, which: 'residual' | 'shortcut' | 'strength'): number
  /** Lists of whole numbers that instructions refer to. */
  listAt(numbers: readonly number[]): number
  /** A float of that value. */
  floatAt(value: number): number
  readonly lists: ReadonlyMap<string, { readonly address: number; readonly numbers: readonly number[] }>
  norm(name: string): NormPlaces
  conv(name: string): ConvPlaces
  /** This much for each thread. */
  readonly winogradAt: number
  readonly winogradBytes: number
  readonly sumsAt: number
  readonly sumsBytes: number
  readonly headAt: number
  readonly headBytes: number
  /** The first byte behind all of it. */
  readonly end: number
}

const floatBytes = 4
/** Room for the offsets of segments, the numbers of taps and the places of channels; a network of the family has a few dozen lists. */
const listBytes = 65_536

/** `start`: the first byte that the engine leaves free. `usesWinograd`: of all convolutions; left out, where it is faster. */
export const layOutMemory = (
  plan: NetworkPlan,
  {
    start,
    capacity,
    threads,
  }: { readonly start: number; readonly capacity: number; readonly threads: number },
  usesWinograd?: WinogradUse,
): MemoryLayout => {
  let end = align(start)
  const reserve = (bytes: number): number => {
    const at = end
    end = align(end + bytes)
    return at
  }
  const floats = (count: number): number => reserve(count * floatBytes)

  const channels = channelLayouts(plan)
  const parameters = paddedParameters(plan)
  const statistics = paddedStatistics(plan)
  const { spec } = plan
  const control = floats(Control.size)
  const one = floats(4)
  const widths = [...new Set([...channels.values()].map(({ padded }) => padded))]
  const identities = new Map(widths.map((width) => [width, floats(2 * width)]))
  const parametersAt = floats(parameters.size)
  const momentumAt = floats(parameters.size)
  const runningAt = floats(statistics.size)
  const givenAt = floats(statistics.size)
  const batchAt = floats(statistics.size)
  const sliceBytes = align(parameters.size * floatBytes)
  const gradientsAt = reserve(sliceBytes * Slices.count)
  const stagingAt = floats(capacity * spec.imageSize * spec.imageSize * spec.channels)
  const labelsAt = floats(capacity)
  const movesAt = reserve(3 * capacity)
  const classRowFloats = roundUp(spec.classes, 4)
  const logitsAt = floats(capacity * classRowFloats)
  const factorsAt = floats(3 * plan.blocks.length)

  const norms = new Map<string, NormPlaces>()
  const convs = new Map<string, ConvPlaces>()
  let mostChannels = 4
  let mostSums = 0
  for (const operation of plan.operations) {
    if (operation.kind === 'norm') norms.set(operation.name, placeNorm(operation))
    if (operation.kind === 'conv') {
      const places = placeConv(operation)
      convs.set(operation.name, places)
      if (places.geometry.usesWinograd.filterGradient)
        mostSums = Math.max(mostSums, 16 * places.geometry.inputChannels * places.geometry.outputChannels)
      mostChannels = Math.max(mostChannels, places.geometry.inputChannels, places.geometry.outputChannels)
    }
  }
  function placeNorm({ output }: NormOperation): NormPlaces {
    const row = layoutOf(channels, output).padded
    return {
      kept: floats(NormKept.size * row),
      partials: floats(3 * Slices.count * row),
      gradientPartials: floats(2 * Slices.count * row),
      gradientFactors: floats(3 * row),
    }
  }
  function placeConv(conv: ConvOperation): ConvPlaces {
    const input = layoutOf(channels, conv.input)
    const geometry = convGeometry(conv, input, layoutOf(channels, conv.output), usesWinograd)
    const { floats: count } = geometry
    return {
      geometry,
      effective:
        conv.kernel === 'free'
          ? parametersAt + parameters.tensor(conv.name).offset * floatBytes
          : floats(count),
      packed: floats(count),
      transformed: geometry.usesWinograd.forward ? floats((count / 9) * 16) : 0,
      transposed: geometry.classes.map(({ taps }) => floats((count / geometry.taps) * taps.length)),
      transposedTransformed: geometry.usesWinograd.inputGradient ? floats((count / 9) * 16) : 0,
    }
  }
  const winogradBytes = align(2 * floatBytes * Math.max(WinogradLot.floats, 64 * mostChannels))
  const winogradAt = reserve(winogradBytes * threads)
  const sumsBytes = align(mostSums * floatBytes)
  const sumsAt = reserve(sumsBytes * threads)
  const headBytes = align(floatBytes * (2 * mostChannels + classRowFloats))
  const headAt = reserve(headBytes * threads)

  const listsAt = reserve(listBytes)
  const lists = new Map<string, { readonly address: number; readonly numbers: readonly number[] }>()
  let nextList = listsAt

  const listAt = (numbers: readonly number[]): number => {
    const key = numbers.join()
    const known = lists.get(key)
    if (known !== undefined) return known.address
    const address = nextList
    nextList += Math.max(1, numbers.length) * floatBytes
    if (nextList > listsAt + listBytes) throw new Error('The network has too many kinds of convolutions.')
    lists.set(key, { address, numbers })
    return address
  }

  const found = <T>(map: ReadonlyMap<string, T>, name: string): T => {
    const places = map.get(name)
    if (places === undefined) throw new Error(`There is no layer called ${name}.`)
    return places
  }
  return {
    capacity,
    threads,
    channels,
    parameters,
    statistics,
    control,
    one,
    identityKept: (width) => {
      const at = identities.get(width)
      if (at === undefined) throw new Error(`No activation has ${width} channels.`)
      return at
    },
    parametersAt,
    momentumAt,
    runningAt,
    givenAt,
    batchAt,
    gradientsAt,
    sliceBytes,
    stagingAt,
    labelsAt,
    movesAt,
    logitsAt,
    classRowFloats,
    factorAt: (block, which) =>
      factorsAt + (3 * block + ['residual', 'shortcut', 'strength'].indexOf(which)) * floatBytes,
    listAt,
    floatAt: (value) => listAt([...new Int32Array(Float32Array.of(value).buffer)]),
    lists,
    norm: (name) => found(norms, name),
    conv: (name) => found(convs, name),
    winogradAt,
    winogradBytes,
    sumsAt,
    sumsBytes,
    headAt,
    headBytes,
    end,
  }
}
