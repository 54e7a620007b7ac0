// The language in which a network is told to the WebAssembly engine. This file is read by two compilers: AssemblyScript, which runs the
// programs, and the page's own, which writes them. So it holds enumerations and nothing else.
//
// A program is a list of phases. A phase has a prologue, which every thread runs by itself, and a body, which is run for every tile of
// the images of a slice, from its first instruction to its last, before the next tile: what one instruction writes is still near the
// processor when the next reads it. Between two phases all threads wait for each other.

/** Words of a phase. */
export enum Phase {
  kind,
  /** Address of the first instruction, and how many there are. */
  prologue,
  prologueCount,
  body,
  bodyCount,
  /** Images of a tile. */
  tileImages,
  size = 8,
}

export enum PhaseKind {
  /** Ends the program. */
  end,
  /** The body is run for every tile of every slice of the batch. */
  images,
  /** Each instruction of the body is run once, by one thread. */
  jobs,
  /** Each instruction of the body is run by all threads, which share its work by themselves. */
  shared,
}

/** Words of the block that the driver and all threads share; what several threads write has a cache line of its own. */
export enum Control {
  /** Images of the present batch. */
  images,
  threads,
  /** Address of the program that is to be run. */
  program,
  learningRate,
  momentum,
  weightDecay,
  dropoutKey,
  /** Counts the programs started; helpers sleep on it. */
  started = 16,
  /** Threads that have arrived at the barrier, barriers passed, threads that sleep at it. */
  arrived = 32,
  passed = 48,
  sleeping = 64,
  /** By slice, two doubles each: sum of losses, images that were right. */
  measured = 80,
  /** By slice: not 0 where an updated parameter is no finite number. */
  broken = 96,
  size = 112,
}

/** Parts of a batch whose sums are kept apart and added in a fixed order, so that no result depends on the number of threads. */
export enum Slices {
  count = 4,
}

/** Most values of transformed tiles of one kind that a Winograd convolution holds at a time, where four tiles have no more. */
export enum WinogradLot {
  floats = 4096,
}

/** The first word of an instruction. */
export enum Opcode {
  loadImages,
  convolution,
  winograd,
  statistics,
  normFactors,
  givenFactors,
  combine,
  subsample,
  gate,
  gatedAdd,
  multiplier,
  dropout,
  head,
  accumulate,
  mask,
  normGradientFactors,
  normGradient,
  filterGradient,
  winogradFilterGradient,
  gateGradient,
  gatedAddGradient,
  multiplierGradient,
  packKernel,
  packTransposedKernel,
  transformKernel,
  diracKernel,
  diracGradient,
  clear,
  update,
}

/** Words of an instruction, the opcode included. */
export enum Instruction {
  size = 32,
}

/**
 * Where an activation lies. An operand of the batch has one place for every image; one of a thread has places for a tile only. Pixels of
 * a row follow one another, behind each row stands one pixel of zeros, behind each image (and before the first) one row of zeros: that
 * is the border that a convolution reads.
 */
export enum Operand {
  /** Address of pixel (0, 0) of the first image. */
  base,
  /** Bytes from one thread's place to the next; 0 for an operand of the batch. */
  threadBytes,
  imageBytes,
  rowBytes,
  size,
}

export enum LoadImages {
  output = 1,
  /** Images as the data set has them: [N, S, S, C]. */
  staging = 5,
  side,
  imageChannels,
  /** Channels of the output, filled up with zeros. */
  channels,
  /** By image three bytes: rows down, columns right, mirrored. */
  moves,
}

export enum Convolution {
  input = 1,
  output = 5,
  /** Bytes between the inputs of two neighbouring output pixels, in a row and from row to row. */
  inputPixel = 9,
  inputRow,
  /** Bytes between neighbouring output pixels. */
  outputPixel,
  outputRow,
  /** Bytes from an image's pixel (0, 0) to the first that is written. */
  outputStart,
  rows,
  columns,
  /** Packed: by group, by block of output channels, by segment, by input channel, the block's channels. */
  kernel,
  /** Address of the offsets (bytes) of the stretches of input that one output pixel reads; how many; floats of each. */
  segments,
  segmentCount,
  segmentFloats,
  /** Blocks of eight output channels, and whether four more follow; by group. */
  blocks,
  fourMore,
  groups,
  /** Bytes from group to group. */
  inputGroup,
  outputGroup,
  kernelGroup,
}

export enum Winograd {
  input = 1,
  output = 5,
  side = 9,
  inputChannels,
  outputChannels,
  /** Transformed kernel: 16 matrices, each by block of eight output channels, by input channel. */
  kernel,
  /** This thread's room for transformed tiles. */
  scratch,
  scratchBytes,
}

export enum Statistics {
  input = 1,
  side = 5,
  channels,
  /** By slice three rows of channels: a value near the mean, sum and sum of squares of the differences from it. */
  partials,
}

/** Rows of channels in what a normalisation keeps: x · scale + shift, and what its gradient needs. */
export enum NormKept {
  scale,
  shift,
  mean,
  inverseDeviation,
  size,
}

export enum NormFactors {
  partials = 1,
  channels,
  /** Pixels of an image. */
  area,
  gamma,
  beta,
  kept,
  /** Running mean and variance, to be moved on; 0 where they stay. */
  runningMean,
  runningVariance,
  /** Where mean and unbiased variance go; 0 where nobody asked. */
  batchMean,
  batchVariance,
}

export enum GivenFactors {
  channels = 1,
  gamma,
  beta,
  kept,
  mean,
  variance,
}

/** output = relu?(residualFactor · (input · scale + shift) + shortcutFactor · shortcut). */
export enum Combine {
  input = 1,
  output = 5,
  /** Base 0 where there is none. */
  shortcut = 9,
  side = 13,
  channels,
  /** Address of rows of scale and shift; ones and zeros where nothing is normalised. */
  kept,
  /** Addresses of one float each. */
  residualFactor,
  shortcutFactor,
  /** Channels that the shortcut has; the others get none. */
  shortcutChannels,
  /** Pixels of the shortcut from one output pixel to the next. */
  stride,
  relu,
}

/** Every stride-th pixel of the input, with the channels beyond the input's at zero. */
export enum Subsample {
  input = 1,
  output = 5,
  side = 9,
  inputChannels,
  outputChannels,
  stride,
}

export enum Gate {
  input = 1,
  output = 5,
  side = 9,
  channels,
  bias,
}

export enum GatedAdd {
  residual = 1,
  shortcut = 5,
  gate = 9,
  output = 13,
  side = 17,
  channels,
  /** Address of one float. */
  strength,
  exclusive,
}

export enum Multiplier {
  input = 1,
  output = 5,
  side = 9,
  channels,
  /** Address of one float. */
  factor,
}

/** The input where the mask keeps it, divided by 1 − rate; forwards and backwards. */
export enum Dropout {
  input = 1,
  output = 5,
  side = 9,
  /** Channels of the network, whose values are counted, and those with the padding. */
  networkChannels,
  channels,
  block,
  /** Of the 2^32 hashes those below are dropped (as unsigned). */
  droppedBelow,
  /** Address of 1/(1 − rate). */
  kept,
}

/** Global average pooling, dense layer, softmax and cross-entropy. */
export enum Head {
  input = 1,
  /** Gradient of the input; base 0 where nothing is differentiated. */
  gradient = 5,
  side = 9,
  channels,
  classes,
  /** Floats of a row of the dense kernel: the classes, filled up to a multiple of four. */
  rowFloats,
  kernel,
  bias,
  labels,
  logits,
  /** This thread's room: pooled channels, a row of classes, the gradient of the pooled channels. */
  scratch,
  scratchBytes,
  /** Gradients of kernel and bias in the first slice, and bytes from slice to slice. */
  kernelGradient,
  biasGradient,
  sliceBytes,
}

/** target (+)= factor · source, the source's pixels at every stride-th pixel of the target. */
export enum Accumulate {
  target = 1,
  source = 5,
  /** Side of the source. */
  side = 9,
  /** Channels that both have. */
  channels,
  targetChannels,
  sourceChannels,
  factor,
  stride,
  /** Whether the target's old values stay; else it is made anew, zero where the source has nothing. */
  adds,
  targetSide,
}

/** gradient = gradient where the activation is above 0; sums for the normalisation before it. */
export enum Mask {
  gradient = 1,
  /** Base 0 where there is no ReLU: then the gradient is only read. */
  activation = 5,
  /** What was normalised; base 0 where nothing was. */
  normalised = 9,
  side = 13,
  channels,
  kept,
  /** By slice two rows of channels: Σ gradient, Σ gradient · (normalised − mean). */
  partials,
}

export enum NormGradientFactors {
  partials = 1,
  channels,
  area,
  gamma,
  kept,
  /** Addresses of factors of the gradient that was summed. */
  factor,
  viewFactor,
  gammaGradient,
  betaGradient,
  /** Three rows of channels: the input's gradient is first · gradient + second · normalised + third. */
  factors,
}

export enum NormGradient {
  gradient = 1,
  normalised = 5,
  output = 9,
  side = 13,
  channels,
  factors,
}

/** Sums over the pixels of a slice of input × gradient, added to the slice's gradient of the kernel. */
export enum FilterGradient {
  input = 1,
  gradient = 5,
  inputPixel = 9,
  inputRow,
  gradientPixel,
  rows,
  columns,
  /** Address of the segments as in the convolution itself. */
  segments,
  segmentCount,
  segmentFloats,
  blocks,
  fourMore,
  groups,
  inputGroup,
  outputGroup,
  /** Floats of a row of the kernel: all output channels. */
  rowFloats,
  kernelGradient,
  sliceBytes,
}

export enum WinogradFilterGradient {
  input = 1,
  gradient = 5,
  side = 9,
  inputChannels,
  outputChannels,
  kernelGradient,
  sliceBytes,
  /** This thread's room for transformed tiles. */
  scratch,
  scratchBytes,
  /** This thread's 16 matrices of sums. */
  sums,
  sumsBytes,
}

export enum GateGradient {
  /** Of the output; becomes that of the input. */
  gradient = 1,
  output = 5,
  side = 9,
  channels,
  biasGradient,
  sliceBytes,
}

export enum GatedAddGradient {
  gradient = 1,
  residual = 5,
  shortcut = 9,
  gate = 13,
  /** The gate's gradient, the shortcut's; the residual's takes the place of the gradient itself where the gate is exclusive. */
  gateGradient = 17,
  shortcutGradient = 21,
  side = 25,
  channels,
  strength,
  exclusive,
}

export enum MultiplierGradient {
  /** Of the output; becomes that of the input. */
  gradient = 1,
  input = 5,
  side = 9,
  channels,
  factor,
  factorGradient,
  sliceBytes,
}

export enum PackKernel {
  /** [rows, all output channels] as the parameters have it. */
  source = 1,
  target,
  rows,
  rowFloats,
  groups,
  /** Of one group. */
  blocks,
  fourMore,
}

/** For the gradient of the input: outputs are the input channels of a group. */
export enum PackTransposedKernel {
  source = 1,
  target,
  inputChannels,
  /** Output channels of one group. */
  outputChannels,
  rowFloats,
  groups,
  blocks,
  fourMore,
  /** Address of the numbers of the taps, in order of the segments; and how many. */
  taps,
  tapCount,
}

export enum TransformKernel {
  /** Packed: [block][9][rows][8]. */
  source = 1,
  target,
  rows,
  blocks,
}

/** Words that a Dirac kernel and its gradient share. */
export enum Dirac {
  /** Weights, [rows, all output channels]. */
  weights = 1,
  rows,
  rowFloats,
  identity,
  scale,
  /** Address of two numbers for each output channel: its column, and the row in which the identity has its 1 for it, or −1; how many. */
  channels,
  channelCount,
  size,
}

export enum DiracKernel {
  target = Dirac.size,
}

/** Turns the summed gradient of the kernel into those of weights, identity and scale, in the first slice; the other slices get zeros. */
export enum DiracGradient {
  kernelGradient = Dirac.size,
  identityGradient,
  scaleGradient,
  sliceBytes,
}

export enum Clear {
  address = 1,
  bytes,
}

export enum Update {
  parameters = 1,
  momentum,
  gradients,
  sliceBytes,
  /** A multiple of four. */
  floats,
}
