import type { ImageSet } from '../src/datasets/dataset.ts'
import { curveLabel } from '../src/domain/curveLabel.ts'
import { blocksPerStageOf, type CurveSpec, optionsOf } from '../src/domain/curveSpec.ts'
import type { NetworkPlan } from '../src/domain/networkPlan.ts'
import { planLayers } from '../src/domain/planLayers.ts'
import { randomStream } from '../src/domain/random.ts'

/** Networks that are trained together. */
export interface BenchCase {
  readonly curves: readonly CurveSpec[]
  readonly batch: number
  /** How often all of them are there, from initial weights of the seeds 1, 2, …; left out: once. */
  readonly seeds?: number
}

export interface BenchNetwork {
  readonly curve: CurveSpec
  readonly seed: number
}

export const seedsOf = ({ seeds = 1 }: BenchCase): number => seeds

/** All of them, those of one seed together. */
export const networksOf = (benchCase: BenchCase): readonly BenchNetwork[] =>
  Array.from({ length: seedsOf(benchCase) }, (_, index) => index + 1).flatMap((seed) =>
    benchCase.curves.map((curve) => ({ curve, seed })),
  )

export const labelOf = (benchCase: BenchCase): string => {
  const seeds = seedsOf(benchCase)
  const label = benchCase.curves.map(curveLabel).join(' + ')
  return seeds === 1 ? label : `${label}, ${seeds} seeds`
}

export const imageSide = 16
export const imageCount = 640

/** Noise: what the images show does not matter to the clock. */
export const noiseImages = (): ImageSet => {
  const stream = randomStream(1, 'bench')
  return {
    images: Float32Array.from({ length: imageCount * imageSide * imageSide * 3 }, () => stream.normal()),
    labels: Int32Array.from({ length: imageCount }, () => stream.integer(10)),
    count: imageCount,
    side: imageSide,
    channels: 3,
  }
}

/** First image of the batch of a step. */
export const batchStart = (step: number, batch: number): number => (step * batch) % (imageCount - batch)

/** `plainAs` A: plain networks as the lab has them, with shortcuts that can be switched on. */
export const plansOf = (benchCase: BenchCase, plainAs: 'none' | 'A'): readonly NetworkPlan[] =>
  networksOf(benchCase).map(({ curve }) =>
    planLayers({
      ...optionsOf(curve),
      shortcut: curve.shortcut === 'none' ? plainAs : curve.shortcut,
      stem: 'small',
      blocksPerStage: blocksPerStageOf(curve),
      width: 8,
      imageSize: imageSide,
      channels: 3,
      classes: 10,
    }),
  )

/** Every shortcut of a plain network off, all others on. */
export const strengthsOf = (
  benchCase: BenchCase,
  plans: readonly NetworkPlan[],
): readonly (readonly number[])[] =>
  networksOf(benchCase).map(({ curve }, network) =>
    (plans[network]?.blocks ?? []).map(() => (curve.shortcut === 'none' ? 0 : 1)),
  )
