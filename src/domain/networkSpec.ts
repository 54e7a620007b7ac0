/** What F of a block is made of (He et al. 2015, section 3.3 and figure 5; Xie et al. 2017, figure 3c). */
export type BlockType = 'basic' | 'bottleneck' | 'resnext'
export const blockTypes: readonly BlockType[] = ['basic', 'bottleneck', 'resnext']

/** Where batch norm and ReLU stand in a block (He et al. 2016, figure 4). */
export type ActivationOrder =
  | 'original'
  | 'bn-after-add'
  | 'relu-before-add'
  | 'relu-only-preact'
  | 'full-preact'
export const activationOrders: readonly ActivationOrder[] = [
  'original',
  'bn-after-add',
  'relu-before-add',
  'relu-only-preact',
  'full-preact',
]

/**
 * What carries x past a block: nothing (`none`, the plain network), A, B and C (He et al. 2015, section 3.3), and the shortcuts
 * that He et al. 2016, section 3.1, try in place of the identity.
 */
export type ShortcutType =
  | 'none'
  | 'A'
  | 'B'
  | 'C'
  | 'scaled'
  | 'exclusive-gate'
  | 'shortcut-gate'
  | 'dropout'
export const shortcutTypes: readonly ShortcutType[] = [
  'none',
  'A',
  'B',
  'C',
  'scaled',
  'exclusive-gate',
  'shortcut-gate',
  'dropout',
]

/**
 * How the weights start: He-normal (He et al. 2015b); that with the last scale of each F at 0 (Goyal et al. 2017, section 5.1);
 * with a learned scalar at the end of each F that starts at 0 (SkipInit, De & Smith 2020); or kernels parameterised as
 * identity plus a normalised kernel (Zagoruyko & Komodakis 2017).
 */
export type Initialisation = 'he' | 'zero-gamma' | 'skipinit' | 'dirac'
export const initialisations: readonly Initialisation[] = ['he', 'zero-gamma', 'skipinit', 'dirac']

/** What makes a network of the family another one than the default, besides its shortcut and its depth. */
export interface NetworkOptions {
  readonly block: BlockType
  readonly order: ActivationOrder
  readonly batchNorm: boolean
  readonly initialisation: Initialisation
  /** Groups of a ResNeXt block's 3×3 convolution, in every stage. */
  readonly cardinality: number
  /** Channels of one of those groups in the first stage; it doubles from stage to stage. */
  readonly groupWidth: number
  /** Factors of F and of the shortcut, where that is `scaled`. */
  readonly residualScale: number
  readonly shortcutScale: number
  /** Initial bias of the gates. */
  readonly gateBias: number
  /** Share of the shortcut's values that dropout sets to 0. */
  readonly dropRate: number
}

/** The basic block in its original order with batch norm; the values with which He et al. 2016, table 1, begin; 4×4d for 32×4d. */
export const defaultOptions: NetworkOptions = {
  block: 'basic',
  order: 'original',
  batchNorm: true,
  initialisation: 'he',
  cardinality: 4,
  groupWidth: 4,
  residualScale: 0.5,
  shortcutScale: 0.5,
  gateBias: -6,
  dropRate: 0.5,
}

/**
 * What stands before the first block: one 3×3 convolution (He et al. 2015, section 4.2), or a 7×7 one with stride 2 and a 3×3
 * maximum pooling with stride 2 (ibid., table 1), for images of 224 pixels.
 */
export type Stem = 'small' | 'large'

/**
 * One network, completely: everything that decides its layers, its parameters' shapes and how they start.
 * `planLayers` is the only place that expands it.
 */
export interface NetworkSpec extends NetworkOptions {
  readonly shortcut: ShortcutType
  readonly stem: Stem
  /** Blocks of each stage. Every stage but the first begins with stride 2 and has twice the filters. */
  readonly blocksPerStage: readonly number[]
  /** Filters of the first stage. */
  readonly width: number
  /** Side of the square input, pixels. */
  readonly imageSize: number
  /** Channels of the input image. */
  readonly channels: number
  readonly classes: number
}

/** Weighted layers on the main path of one block. */
export const layersPerBlock = (block: BlockType): 2 | 3 => (block === 'basic' ? 2 : 3)

/** Weighted layers on the main path: those of all blocks, the stem's convolution and the dense layer. */
export const depthOf = (block: BlockType, blocksPerStage: readonly number[]): number =>
  layersPerBlock(block) * blocksPerStage.reduce((sum, blocks) => sum + blocks, 0) + 2

/** Stages of the networks of He et al. 2015, section 4.2. */
export const evenStages = 3

/** Layers that one more block in each of the three stages adds: 6 (basic) or 9. */
export const depthStride = (block: BlockType): number => evenStages * layersPerBlock(block)

/** `6n + 2` or `9n + 2`, for messages. */
export const depthForm = (block: BlockType): string => `${depthStride(block)}n + 2`

/** n of 6n + 2 or 9n + 2; not an integer where the depth is not of that form. */
export const blocksInEvenStage = (block: BlockType, depth: number): number => (depth - 2) / depthStride(block)

/** Three equal stages of the given depth. Throws where the depth is not of the form. */
export const evenBlocks = (block: BlockType, depth: number): readonly number[] => {
  const blocks = blocksInEvenStage(block, depth)
  if (!Number.isInteger(blocks)) throw new Error(`A depth of ${depth} is not ${depthForm(block)}.`)
  return Array.from({ length: evenStages }, () => blocks)
}

/** The depths of the form that lie around a wished one, for messages. */
export const nearestDepths = (block: BlockType, depth: number): readonly [number, number] => {
  const stride = depthStride(block)
  const below = Math.max(1, Math.floor((depth - 2) / stride)) * stride + 2
  return [below, below + stride]
}
