import type { NetworkPlan } from './networkPlan.ts'
import { randomStream } from './random.ts'

/** One trainable tensor of a network. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly role: 'conv' | 'gamma' | 'beta' | 'dense' | 'bias'
  /** Inputs that one output sums over; 0 where the initialisation does not need it. */
  readonly fanIn: number
  /** The block whose shortcut owns it (a projection); null for everything on the main path. */
  readonly shortcutOfBlock: number | null
}

/** Running mean and variance of one batch normalisation. */
export interface StatisticsSpec {
  readonly name: string
  readonly channels: number
}

/** Every trainable tensor, in order of the plan. Convolution kernels are HWIO, the dense kernel [in, out]. */
export const parametersOf = (plan: NetworkPlan): readonly ParameterSpec[] =>
  plan.operations.flatMap((operation): ParameterSpec[] => {
    switch (operation.kind) {
      case 'conv': {
        const { name, kernelSize, inputChannels, outputChannels } = operation
        return [
          {
            name,
            shape: [kernelSize, kernelSize, inputChannels, outputChannels],
            role: 'conv',
            fanIn: kernelSize * kernelSize * inputChannels,
            shortcutOfBlock: shortcutBlock(name, operation.block),
          },
        ]
      }
      case 'norm': {
        const { name, channels } = operation
        const shortcutOfBlock = shortcutBlock(name, operation.block)
        return [
          { name: `${name}.gamma`, shape: [channels], role: 'gamma', fanIn: 0, shortcutOfBlock },
          { name: `${name}.beta`, shape: [channels], role: 'beta', fanIn: 0, shortcutOfBlock },
        ]
      }
      case 'dense': {
        const { kernelName, biasName, inputChannels, outputChannels } = operation
        return [
          {
            name: kernelName,
            shape: [inputChannels, outputChannels],
            role: 'dense',
            fanIn: inputChannels,
            shortcutOfBlock: null,
          },
          { name: biasName, shape: [outputChannels], role: 'bias', fanIn: 0, shortcutOfBlock: null },
        ]
      }
      case 'relu':
      case 'subsample-pad':
      case 'add':
      case 'pool':
        return []
      default:
        return operation satisfies never
    }
  })

/** Every pair of running statistics, in order of the plan. */
export const statisticsOf = (plan: NetworkPlan): readonly StatisticsSpec[] =>
  plan.operations.flatMap((operation) =>
    operation.kind === 'norm' ? [{ name: operation.name, channels: operation.channels }] : [],
  )

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1)

/** Values by tensor name. */
export type TensorValues = ReadonlyMap<string, Float32Array>

/**
 * The initial parameters: He-normal (fan-in) convolutions (He et al. 2015b, arXiv 1502.01852, eq. 10), dense N(0, 1/fan-in),
 * scale 1, shift and bias 0. Each tensor has a random stream of its own, named after it, so networks of one seed share the
 * values of every tensor that they share by name and shape: a residual network starts from its plain counterpart's weights.
 */
export const initialParameters = (plan: NetworkPlan, seed: number): TensorValues =>
  new Map(
    parametersOf(plan).map(({ name, shape, role, fanIn }) => {
      const values = new Float32Array(sizeOf(shape))
      if (role === 'gamma') values.fill(1)
      if (role === 'conv' || role === 'dense') {
        const deviation = Math.sqrt((role === 'conv' ? 2 : 1) / fanIn)
        const stream = randomStream(seed, `weights/${name}`)
        for (let i = 0; i < values.length; i++) values[i] = deviation * stream.normal()
      }
      return [name, values]
    }),
  )

const shortcutBlock = (name: string, block: number | null): number | null =>
  name.includes('.projection.') ? block : null
