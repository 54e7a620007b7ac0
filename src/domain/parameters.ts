import type { NetworkPlan, Operation } from './networkPlan.ts'
import { randomStream } from './random.ts'

/** What a tensor starts with: normal numbers of mean 0, or one number everywhere. */
export type InitialValues = { readonly deviation: number } | { readonly value: number }

/** One trainable tensor of a network. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: InitialValues
  /** The block whose shortcut owns it (a projection, a gate); null for everything on the main path. */
  readonly shortcutOfBlock: number | null
}

/** Running mean and variance of one batch normalisation. */
export interface StatisticsSpec {
  readonly name: string
  readonly channels: number
}

/** He-normal by fan-in: He et al. 2015b (arXiv 1502.01852), eq. 10. */
const heNormal = (fanIn: number): InitialValues => ({ deviation: Math.sqrt(2 / fanIn) })

/** Initial a and b of a Dirac parameterisation (Zagoruyko & Komodakis 2017, section 3). */
const initialDirac = { identity: 1, scale: 0.1 }

/** Every trainable tensor, in order of the plan. Convolution kernels are HWIO (I per group), the dense kernel [in, out]. */
export const parametersOf = (plan: NetworkPlan): readonly ParameterSpec[] =>
  plan.operations.flatMap((operation) =>
    tensorsOf(operation).map((tensor) => ({
      ...tensor,
      shortcutOfBlock: isOfShortcut(tensor.name) ? operation.block : null,
    })),
  )

type Tensor = Omit<ParameterSpec, 'shortcutOfBlock'>

const tensorsOf = (operation: Operation): readonly Tensor[] => {
  switch (operation.kind) {
    case 'conv': {
      const { name, kernelSize, inputChannels, outputChannels, groups, kernel } = operation
      const groupChannels = inputChannels / groups
      const weights: Tensor = {
        name,
        shape: [kernelSize, kernelSize, groupChannels, outputChannels],
        initial: heNormal(kernelSize * kernelSize * groupChannels),
      }
      if (kernel === 'free') return [weights]
      const shape = [outputChannels]
      return [
        weights,
        { name: `${name}.identity`, shape, initial: { value: initialDirac.identity } },
        { name: `${name}.scale`, shape, initial: { value: initialDirac.scale } },
      ]
    }
    case 'norm': {
      const { name, channels, initialGamma } = operation
      return [
        { name: `${name}.gamma`, shape: [channels], initial: { value: initialGamma } },
        { name: `${name}.beta`, shape: [channels], initial: { value: 0 } },
      ]
    }
    case 'gate':
      return [
        { name: operation.name, shape: [operation.channels], initial: { value: operation.initialBias } },
      ]
    case 'multiplier':
      return [{ name: operation.name, shape: [1], initial: { value: 0 } }]
    case 'dense': {
      const { kernelName, biasName, inputChannels, outputChannels } = operation
      return [
        {
          name: kernelName,
          shape: [inputChannels, outputChannels],
          initial: { deviation: Math.sqrt(1 / inputChannels) },
        },
        { name: biasName, shape: [outputChannels], initial: { value: 0 } },
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

/** Every pair of running statistics, in order of the plan. */
export const statisticsOf = (plan: NetworkPlan): readonly StatisticsSpec[] =>
  plan.operations.flatMap((operation) =>
    operation.kind === 'norm' ? [{ name: operation.name, channels: operation.channels }] : [],
  )

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1)

/** Values by tensor name. */
export type TensorValues = ReadonlyMap<string, Float32Array>

/**
 * The initial parameters. Each tensor has a random stream of its own, named after it, so networks of one seed share the values of
 * every tensor that they share by name and shape: a residual network starts from its plain counterpart's weights.
 */
export const initialParameters = (plan: NetworkPlan, seed: number): TensorValues =>
  new Map(
    parametersOf(plan).map(({ name, shape, initial }) => {
      const values = new Float32Array(sizeOf(shape))
      if ('value' in initial) return [name, values.fill(initial.value)]
      const stream = randomStream(seed, `weights/${name}`)
      for (let i = 0; i < values.length; i++) values[i] = initial.deviation * stream.normal()
      return [name, values]
    }),
  )

/** What running statistics start from, `NAME.mean` and `NAME.variance`: means at 0, variances at 1. */
export const initialStatistics = (plan: NetworkPlan): TensorValues =>
  new Map(
    statisticsOf(plan).flatMap(({ name, channels }) => [
      [`${name}.mean`, new Float32Array(channels)],
      [`${name}.variance`, new Float32Array(channels).fill(1)],
    ]),
  )

const isOfShortcut = (name: string): boolean => name.includes('.projection.') || name.includes('.gate.')
