export type KernelPass = 'forward' | 'input gradient' | 'filter gradient'
export type KernelMethod = 'direct' | 'Winograd'

/** A convolution, as far as its speed depends on it. */
export interface KernelShape {
  readonly kernelSize: number
  readonly stride: number
  readonly groups: number
  /** Pixels of a row of the input. */
  readonly side: number
  readonly inputChannels: number
  /** Of the output. */
  readonly channels: number
}

/** One kernel of the engine alone, over a batch, on one thread. */
export interface KernelRow extends KernelShape {
  readonly executor: 'native'
  readonly kernel: KernelPass
  readonly method: KernelMethod
  /** Whether a network would be trained with it: `convGeometry`. */
  readonly isChosen: boolean
  readonly batch: number
  /** Median over the rounds, by the multiply-adds of the direct sum, of which Winograd's way needs fewer. */
  readonly gflops: number
  /** Of the fastest round. */
  readonly bestGflops: number
  /** Of the fastest plain loop of multiply-adds in WebAssembly, median over the same rounds. */
  readonly ceilingGflops: number
  /** Largest difference from the other method, as a share of the largest value; null where there is no other. */
  readonly difference: number | null
}
