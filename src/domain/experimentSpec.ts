import { blocksPerStageOf, type CurveSpec, optionsOf } from './curveSpec.ts'
import type { Intervention } from './interventions.ts'
import type { NetworkSpec } from './networkSpec.ts'

/** Where the images come from: three generators, and the visitor's own CIFAR-10. */
export type DatasetSource = 'digits' | 'fractals' | 'shapes' | 'cifar10'
export const datasetSources: readonly DatasetSource[] = ['digits', 'fractals', 'shapes', 'cifar10']

export interface DatasetSpec {
  readonly source: DatasetSource
  /** Side, pixels. */
  readonly imageSize: 12 | 16 | 32
  readonly trainingImages: number
  readonly validationImages: number
  /** Random crop from zeros around (an eighth of the side: 4 pixels at 32) and horizontal flip (He et al. 2015, section 4.2). */
  readonly augment: boolean
}

/** How the learning rate moves after its warm-up: see `learningRateAt`. */
export type Schedule = 'constant' | 'step' | 'cosine'
export const schedules: readonly Schedule[] = ['constant', 'step', 'cosine']

export interface Recipe {
  readonly batchSize: number
  /** Training steps; one step is one batch, given to every network. */
  readonly steps: number
  readonly learningRate: number
  readonly momentum: number
  readonly weightDecay: number
  /** Steps over which the rate rises linearly to `learningRate`. */
  readonly warmupSteps: number
  readonly schedule: Schedule
}

/**
 * Which executor trains: `auto` takes the fastest that this device has; `webgl` is the lab's own on WebGL, `tfjs` TensorFlow.js's
 * operations on WebGL, `wasm` the lab's own engine in WebAssembly, which gives the same numbers on any device, `cpu` TensorFlow.js's
 * operations in plain JavaScript.
 */
export type BackendChoice = 'auto' | 'webgl' | 'tfjs' | 'wasm' | 'cpu'
export const backendChoices: readonly BackendChoice[] = ['auto', 'webgl', 'tfjs', 'wasm', 'cpu']

/** A whole experiment: two to six networks trained in lockstep on the same batches. Equal specs give equal experiments. */
export interface ExperimentSpec {
  readonly dataset: DatasetSpec
  readonly networks: readonly CurveSpec[]
  /** Filters of the first stage, of every network. */
  readonly width: 4 | 8 | 16
  readonly recipe: Recipe
  /** Steps between two evaluations on the fixed training and validation subsets; the last step is always evaluated. */
  readonly evaluateEvery: number
  readonly seed: number
  /** Switches made in advance, in order of their step. */
  readonly interventions: readonly Intervention[]
  readonly backend: BackendChoice
}

export const classCount = 10
export const imageChannels = 3

/** Images in each of the two fixed subsets (training, validation) that evaluations use. */
export const evaluationImages = 500
/** Training batches from which the batch-norm statistics are recomputed before an evaluation. */
export const statisticsBatches = 8

/** The network behind one curve. */
export const networkSpecOf = (spec: ExperimentSpec, curve: CurveSpec): NetworkSpec => ({
  ...optionsOf(curve),
  shortcut: curve.shortcut,
  stem: 'small',
  blocksPerStage: blocksPerStageOf(curve),
  width: spec.width,
  imageSize: spec.dataset.imageSize,
  channels: imageChannels,
  classes: classCount,
})

/**
 * The network that is built for a curve. A plain network is built with shortcuts A at strength 0, which compute exactly the
 * plain network and have no parameters, so that they can be switched on while it trains.
 */
export const trainedNetworkSpecOf = (spec: ExperimentSpec, curve: CurveSpec): NetworkSpec => ({
  ...networkSpecOf(spec, curve),
  shortcut: curve.shortcut === 'none' ? 'A' : curve.shortcut,
})

/** A curve's part in the comparison: decides its colour, dash and marker. */
export type CurveRole = 'reference' | 'plain' | 'residual'

/** The shallowest plain network is the reference where a deeper plain one stands beside it. */
export const curveRole = (networks: readonly CurveSpec[], curve: CurveSpec): CurveRole => {
  if (curve.shortcut !== 'none') return 'residual'
  const isShallower = networks.some((other) => other.shortcut === 'none' && other.depth > curve.depth)
  return isShallower ? 'reference' : 'plain'
}
