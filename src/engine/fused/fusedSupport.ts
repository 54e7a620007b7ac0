import type { NetworkPlan } from '../../domain/networkPlan.ts'

/** What a WebGL 2 context can do, as far as the fused executor depends on it. */
export interface FusedLimits {
  /** Longest side of a texture, texels. */
  readonly maxTextureSide: number
  /** Render targets of four 32-bit floats that one draw can write: 4 or 8. */
  readonly targets: 4 | 8
}

/** What this context can do; a sentence where it is too little. */
export const fusedLimitsOf = (_gl: WebGL2RenderingContext): FusedLimits | string => {
  throw new Error('The fused executor is being built.')
}

/** GPU memory that is taken where nothing else is said. */
export const defaultBudgetBytes = 1e9

/** Bytes of GPU memory that these networks take together while they train in batches of this size. Known before anything is built. */
export const plannedFusedBytes = (
  _plans: readonly NetworkPlan[],
  _batchSize: number,
  _limits: FusedLimits,
): number => {
  throw new Error('The fused executor is being built.')
}
