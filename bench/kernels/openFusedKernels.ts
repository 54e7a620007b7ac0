import type { KernelPass, KernelShape } from './KernelRow.ts'

/** One pass of a convolution as the fused executor draws it. */
export interface FusedKernel {
  readonly shape: KernelShape
  readonly pass: KernelPass
  /** Of one run, all networks together, as the direct sum counts them. */
  readonly flops: number
  readonly launches: number
  /** Draws it so often, and reads a number of what was drawn last: drawing is only asked for until then. */
  run(times: number): void
  /** Largest difference from plain loops, as a share of the largest value; null where nobody compared. */
  difference(): number | null
}

export interface FusedKernelRequest {
  readonly gl: WebGL2RenderingContext
  readonly shapes: readonly KernelShape[]
  readonly networks: number
  readonly batch: number
}

/** All three passes of each. None until the fused executor says how it draws a convolution. */
export const openFusedKernels = (_request: FusedKernelRequest): readonly FusedKernel[] => []
