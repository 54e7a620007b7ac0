import type { NetworkSpec } from './networkSpec.ts'

/** Name of an activation: the layer that writes it. Inputs of the network are called `input`. */
export type ActivationName = string

interface OperationBase {
  /** Index of the block it belongs to, counted through all stages; null for stem and head. */
  readonly block: number | null
  readonly output: ActivationName
}

/** k×k convolution without bias, NHWC with HWIO kernel; 3×3 is padded by 1 on each side, 1×1 is not. */
export interface ConvOperation extends OperationBase {
  readonly kind: 'conv'
  /** Also the name of its kernel. */
  readonly name: string
  readonly input: ActivationName
  readonly kernelSize: 1 | 3
  readonly stride: 1 | 2
  readonly padding: 0 | 1
  readonly inputSide: number
  readonly outputSide: number
  readonly inputChannels: number
  readonly outputChannels: number
}

/** Batch normalisation over batch, rows and columns; parameters `NAME.gamma`, `NAME.beta`, statistics `NAME.mean`, `NAME.variance`. */
export interface NormOperation extends OperationBase {
  readonly kind: 'norm'
  readonly name: string
  readonly input: ActivationName
  readonly side: number
  readonly channels: number
}

export interface ReluOperation extends OperationBase {
  readonly kind: 'relu'
  readonly input: ActivationName
  readonly side: number
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

/** residual + strength · shortcut; strength 1 is on, 0 is off, between while it fades. */
export interface AddOperation extends OperationBase {
  readonly kind: 'add'
  readonly block: number
  readonly residual: ActivationName
  readonly shortcut: ActivationName
  readonly side: number
  readonly channels: number
}

/** Global average pooling to [batch, channels]. */
export interface PoolOperation extends OperationBase {
  readonly kind: 'pool'
  readonly input: ActivationName
  readonly side: number
  readonly channels: number
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

export type Operation =
  | ConvOperation
  | NormOperation
  | ReluOperation
  | SubsamplePadOperation
  | AddOperation
  | PoolOperation
  | DenseOperation

/** What carries x past a block. */
export type ShortcutPath = 'none' | 'identity' | 'subsample-pad' | 'projection'

/** One residual block, as pictures and tables speak of it. */
export interface BlockPlan {
  /** Counted from 0 through all stages. */
  readonly index: number
  /** 1, 2 or 3. */
  readonly stage: number
  /** 1 … blocksPerStage. */
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
