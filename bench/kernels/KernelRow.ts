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

/** One kernel alone, over a batch: of the lab's engine on one thread, or of its fused shaders, whatever draws them. */
export interface KernelRow extends KernelShape {
  readonly executor: 'native' | 'fused'
  readonly kernel: KernelPass
  readonly method: KernelMethod
  /** Whether a network would be trained with it: `convGeometry`. */
  readonly isChosen: boolean
  /** Networks of this shape that are computed side by side. */
  readonly networks: number
  /** Images of each of them. */
  readonly batch: number
  /** Draws that it takes; null where nothing is drawn. */
  readonly launches: number | null
  /** Median over the rounds, by the multiply-adds of the direct sum, of which Winograd's way needs fewer. */
  readonly gflops: number
  /** Of the fastest round. */
  readonly bestGflops: number
  /** Of the fastest plain loop of multiply-adds, in WebAssembly or in GLSL, median over the same rounds. */
  readonly ceilingGflops: number
  /** Largest difference from the other method, as a share of the largest value; null where there is no other. */
  readonly difference: number | null
}
