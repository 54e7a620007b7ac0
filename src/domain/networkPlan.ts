import type { NetworkSpec } from './networkSpec.ts'

/** Name of an activation: the layer that writes it. Inputs of the network are called `input`. */
export type ActivationName = string

interface OperationBase {
  /** Index of the block it belongs to, counted through all stages; null for stem and head. */
  readonly block: number | null
  readonly output: ActivationName
}

/** An operation that gives every channel of every pixel a new value. */
interface PointwiseOperation extends OperationBase {
  readonly side: number
  readonly channels: number
}

/** k×k convolution without bias, NHWC with HWIO kernel (I per group), padded by (k − 1)/2 on each side. */
export interface ConvOperation extends OperationBase {
  readonly kind: 'conv'
  /** Also the name of its kernel. */
  readonly name: string
  readonly input: ActivationName
  readonly kernelSize: 1 | 3 | 7
  readonly stride: 1 | 2
  readonly padding: 0 | 1 | 3
  /** Each group of output channels reads its own group of input channels; 1 is the ordinary convolution. */
  readonly groups: number
  /**
   * How the kernel is made of what is trained. `free`: it is the parameter `NAME`. `dirac`: Ŵ = diag(a)·I + diag(b)·W/‖W‖, with
   * W = `NAME`, a = `NAME.identity`, b = `NAME.scale` by output channel, ‖W‖ over each output channel's own weights, and I the
   * kernel that passes channel i of each group on as channel i (Zagoruyko & Komodakis 2017, eq. 3 to 5).
   */
  readonly kernel: 'free' | 'dirac'
  readonly inputSide: number
  readonly outputSide: number
  readonly inputChannels: number
  readonly outputChannels: number
}

/** Batch normalisation over batch, rows and columns; parameters `NAME.gamma`, `NAME.beta`, statistics `NAME.mean`, `NAME.variance`. */
export interface NormOperation extends PointwiseOperation {
  readonly kind: 'norm'
  readonly name: string
  readonly input: ActivationName
  /** What gamma starts at: 1, or 0 at the end of F where each block is to start as the identity. */
  readonly initialGamma: 0 | 1
}

export interface ReluOperation extends PointwiseOperation {
  readonly kind: 'relu'
  readonly input: ActivationName
}

/** x times one learned number, `NAME` [1], which starts at 0 (SkipInit: De & Smith 2020, section 3). */
export interface MultiplierOperation extends PointwiseOperation {
  readonly kind: 'multiplier'
  readonly name: string
  readonly input: ActivationName
}

/** 3×3 maximum over a padding of −∞ by 1, stride 2 (He et al. 2015, table 1). */
export interface MaxPoolOperation extends OperationBase {
  readonly kind: 'max-pool'
  readonly input: ActivationName
  readonly inputSide: number
  readonly outputSide: number
  readonly channels: number
}

/** Shortcut A where the dimensions change: every stride-th pixel, zero channels appended (He et al. 2015, section 3.3). */
export interface SubsamplePadOperation extends OperationBase {
  readonly kind: 'subsample-pad'
  readonly input: ActivationName
  readonly stride: 1 | 2
  readonly inputSide: number
  readonly outputSide: number
  readonly inputChannels: number
  readonly outputChannels: number
}

/** While training each value is kept with probability 1 − rate and divided by it, else 0; at evaluation nothing. */
export interface DropoutOperation extends PointwiseOperation {
  readonly kind: 'dropout'
  readonly block: number
  readonly input: ActivationName
  readonly rate: number
}

/** g = σ(x + b), b = `NAME` by channel: the end of a gate, after its 1×1 convolution (He et al. 2016, section 3.1). */
export interface GateOperation extends PointwiseOperation {
  readonly kind: 'gate'
  readonly block: number
  /** Also the name of its bias. */
  readonly name: string
  readonly input: ActivationName
  readonly initialBias: number
}

/**
 * (1 + strength · (residualScale − 1)) · residual + strength · shortcutScale · shortcut. Strength 1 is on; 0 is off, which leaves
 * the residual alone; between while it fades. Both scales are 1 but in scaled shortcuts (He et al. 2016, section 3.1).
 */
export interface AddOperation extends PointwiseOperation {
  readonly kind: 'add'
  readonly block: number
  readonly residual: ActivationName
  readonly shortcut: ActivationName
  readonly residualScale: number
  readonly shortcutScale: number
}

/**
 * An addition with a gate g of the same shape. Exclusive: (1 + strength · (g − 1)) · residual + strength · (1 − g) · shortcut; else
 * residual + strength · (1 − g) · shortcut (He et al. 2016, section 3.1). Strength as in `AddOperation`.
 */
export interface GatedAddOperation extends PointwiseOperation {
  readonly kind: 'gated-add'
  readonly block: number
  readonly residual: ActivationName
  readonly shortcut: ActivationName
  readonly gate: ActivationName
  readonly exclusive: boolean
}

/** Global average pooling to [batch, channels]. */
export interface PoolOperation extends PointwiseOperation {
  readonly kind: 'pool'
  readonly input: ActivationName
}

/** Fully connected with bias: `head.dense` [in, out] and `head.bias` [out]; its output is the logits. */
export interface DenseOperation extends OperationBase {
  readonly kind: 'dense'
  readonly kernelName: string
  readonly biasName: string
  readonly input: ActivationName
  readonly inputChannels: number
  readonly outputChannels: number
}

/** An operation that joins what F computed with what the shortcut carries. */
export type Addition = AddOperation | GatedAddOperation

export type Operation =
  | ConvOperation
  | NormOperation
  | ReluOperation
  | MultiplierOperation
  | MaxPoolOperation
  | SubsamplePadOperation
  | DropoutOperation
  | GateOperation
  | Addition
  | PoolOperation
  | DenseOperation

export const isAddition = (operation: Operation): operation is Addition =>
  operation.kind === 'add' || operation.kind === 'gated-add'

/** The activations that an operation reads. */
export const inputsOf = (operation: Operation): readonly ActivationName[] => {
  if (operation.kind === 'add') return [operation.residual, operation.shortcut]
  if (operation.kind === 'gated-add') return [operation.residual, operation.shortcut, operation.gate]
  return [operation.input]
}

/** How x is brought to the shape of F(x). */
export type ShortcutPath = 'none' | 'identity' | 'subsample-pad' | 'projection'

/** One residual block, as pictures and tables speak of it. */
export interface BlockPlan {
  /** Counted from 0 through all stages. */
  readonly index: number
  /** Counted from 1. */
  readonly stage: number
  /** 1 … blocks of its stage. */
  readonly numberInStage: number
  readonly name: string
  readonly stride: 1 | 2
  readonly inputChannels: number
  readonly outputChannels: number
  readonly outputSide: number
  readonly shortcutPath: ShortcutPath
}

export interface NetworkPlan {
  readonly spec: NetworkSpec
  readonly depth: number
  /** In order of execution; every activation is written once, before it is read. */
  readonly operations: readonly Operation[]
  readonly blocks: readonly BlockPlan[]
}
