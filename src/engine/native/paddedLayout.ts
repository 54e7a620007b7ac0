import type { NetworkPlan, Operation } from '../../domain/networkPlan.ts'
import { type FlatLayout, parameterLayout, statisticsLayout } from '../flatLayout.ts'
import { type ChannelLayout, channelLayout, channelLayouts, placeOf, roundUp } from './channelLayout.ts'

/** One tensor as the engine holds it: rows of padded output channels. */
export interface PaddedTensor {
  readonly name: string
  /** First float in the padded vector, a multiple of four. */
  readonly offset: number
  readonly rows: number
  readonly rowFloats: number
}

/** The flat vector of parameters (or statistics) as the engine holds it, and the way there and back. */
export interface PaddedLayout {
  /** Floats of the padded vector, a multiple of four. */
  readonly size: number
  tensor(name: string): PaddedTensor
  readonly tensors: readonly PaddedTensor[]
  /** Padding is zero. */
  pad(flat: Float32Array): Float32Array
  unpad(padded: Float32Array): Float32Array
}

/** Where the values of one tensor go: by index in the tensor's own order, its place in the padded tensor. */
interface TensorPlaces {
  readonly rows: number
  readonly rowFloats: number
  readonly placeOf: (index: number) => number
}

export const paddedParameters = (plan: NetworkPlan): PaddedLayout => {
  const layouts = channelLayouts(plan)
  const places = new Map(plan.operations.flatMap((operation) => placesOf(operation, layouts)))
  return layOut(parameterLayout(plan), places)
}

export const paddedStatistics = (plan: NetworkPlan): PaddedLayout => {
  const layouts = channelLayouts(plan)
  const places = new Map(
    plan.operations.flatMap((operation) =>
      operation.kind === 'norm'
        ? ['mean', 'variance'].map(
            (kind) =>
              [`${operation.name}.${kind}`, vectorPlaces(layoutOf(layouts, operation.output))] as const,
          )
        : [],
    ),
  )
  return layOut(statisticsLayout(plan), places)
}

const placesOf = (
  operation: Operation,
  layouts: ReadonlyMap<string, ChannelLayout>,
): readonly (readonly [string, TensorPlaces])[] => {
  switch (operation.kind) {
    case 'conv': {
      const { name, kernelSize, groups, inputChannels, kernel } = operation
      const input = layoutOf(layouts, operation.input)
      const output = layoutOf(layouts, operation.output)
      const groupInputs = inputChannels / groups
      const paddedInputs = groups > 1 ? input.paddedGroup : input.padded
      const weights: TensorPlaces = {
        rows: kernelSize * kernelSize * paddedInputs,
        rowFloats: output.padded,
        placeOf: (index) => {
          const row = Math.floor(index / output.channels)
          const tap = Math.floor(row / groupInputs)
          const inGroup = row % groupInputs
          const inputPlace = groups > 1 ? inGroup : placeOf(input, inGroup)
          return (tap * paddedInputs + inputPlace) * output.padded + placeOf(output, index % output.channels)
        },
      }
      if (kernel === 'free') return [[name, weights]]
      const vector = vectorPlaces(output)
      return [
        [name, weights],
        [`${name}.identity`, vector],
        [`${name}.scale`, vector],
      ]
    }
    case 'norm': {
      const vector = vectorPlaces(layoutOf(layouts, operation.output))
      return [
        [`${operation.name}.gamma`, vector],
        [`${operation.name}.beta`, vector],
      ]
    }
    case 'gate':
      return [[operation.name, vectorPlaces(layoutOf(layouts, operation.output))]]
    case 'multiplier':
      return [[operation.name, vectorPlaces(channelLayout(1))]]
    case 'dense': {
      const input = layoutOf(layouts, operation.input)
      const { outputChannels } = operation
      const rowFloats = roundUp(outputChannels, 4)
      return [
        [
          operation.kernelName,
          {
            rows: input.padded,
            rowFloats,
            placeOf: (index) =>
              placeOf(input, Math.floor(index / outputChannels)) * rowFloats + (index % outputChannels),
          },
        ],
        [operation.biasName, vectorPlaces(channelLayout(outputChannels))],
      ]
    }
    case 'relu':
    case 'subsample-pad':
    case 'dropout':
    case 'add':
    case 'gated-add':
    case 'max-pool':
    case 'pool':
      return []
    default:
      return operation satisfies never
  }
}

const vectorPlaces = (layout: ChannelLayout): TensorPlaces => ({
  rows: 1,
  rowFloats: layout.padded,
  placeOf: (index) => placeOf(layout, index),
})

export const layoutOf = (layouts: ReadonlyMap<string, ChannelLayout>, name: string): ChannelLayout => {
  const layout = layouts.get(name)
  if (layout === undefined) throw new Error(`There is no activation ${name}.`)
  return layout
}

const layOut = (flat: FlatLayout, places: ReadonlyMap<string, TensorPlaces>): PaddedLayout => {
  const tensors = new Map<string, PaddedTensor>()
  const places32 = new Int32Array(flat.size)
  let size = 0
  for (const { name, offset, size: values } of flat.entries) {
    const of = places.get(name)
    if (of === undefined) throw new Error(`Nothing says how ${name} lies.`)
    tensors.set(name, { name, offset: size, rows: of.rows, rowFloats: of.rowFloats })
    for (let i = 0; i < values; i++) places32[offset + i] = size + of.placeOf(i)
    size += of.rows * of.rowFloats
  }
  return {
    size,
    tensors: [...tensors.values()],
    tensor: (name) => {
      const tensor = tensors.get(name)
      if (tensor === undefined) throw new Error(`There is no tensor called ${name}.`)
      return tensor
    },
    pad: (values) => {
      if (values.length !== flat.size)
        throw new Error(`A vector should have ${flat.size} values and has ${values.length}.`)
      const padded = new Float32Array(size)
      places32.forEach((place, i) => {
        padded[place] = values[i] ?? 0
      })
      return padded
    },
    unpad: (padded) => Float32Array.from(places32, (place) => padded[place] ?? 0),
  }
}
