/** A closed range; its ends are allowed. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** What the lab accepts, named once: validation, controls and messages read it here. */
export const limits = {
  networks: { min: 2, max: 6 },
  /** From the smallest 6n + 2 of three stages to the deepest network of He et al. 2015, section 4.2. */
  depth: { min: 8, max: 1202 },
  /** Stages that are spelled out, and blocks of each. */
  stages: { min: 1, max: 5 },
  blocksInStage: { min: 1, max: 600 },
  cardinality: { min: 1, max: 32 },
  groupWidth: { min: 1, max: 32 },
  /** The minimum itself is not allowed: F times 0 learns nothing, and a shortcut times 0 is none. */
  scale: { min: 0, max: 2 },
  gateBias: { min: -20, max: 20 },
  /** The maximum itself is not allowed: at 1 nothing is kept. */
  dropRate: { min: 0, max: 1 },
  batchSize: { min: 4, max: 512 },
  steps: { min: 1, max: 100_000 },
  /** The minimum itself is not allowed: a rate is above 0. */
  learningRate: { min: 0, max: 10 },
  /** The maximum itself is not allowed: at 1 the momentum never forgets. */
  momentum: { min: 0, max: 1 },
  weightDecay: { min: 0, max: 1 },
  /** May be longer than the run: a run of 20 steps is the first 20 steps of a longer one. */
  warmupSteps: { min: 0, max: 100_000 },
  evaluateEvery: { min: 1, max: 100_000 },
  seed: { min: 0, max: 2_147_483_647 },
  trainingImages: { min: 100, max: 50_000 },
  validationImages: { min: 100, max: 10_000 },
  interventions: { min: 0, max: 100 },
  fadeSteps: { min: 0, max: 100_000 },
} as const satisfies Record<string, Range>

export const widths = [4, 8, 16] as const
export const imageSizes = [12, 16, 32] as const
/** Real photographs are averaged from 32×32 by whole factors only. */
export const cifarImageSizes = [16, 32] as const
/** 32×32 images as float32 take 12 kB each; more than this does not fit beside the networks on a small GPU. */
export const maxTrainingImagesAt32 = 20_000
