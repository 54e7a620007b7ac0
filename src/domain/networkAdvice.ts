import { curveLabel } from './curveLabel.ts'
import { type CurveSpec, canonicalCurve, optionsOf } from './curveSpec.ts'
import { equalData } from './equalData.ts'
import type { ExperimentSpec, Recipe } from './experimentSpec.ts'
import type { NetworkOptions } from './networkSpec.ts'

export type NetworkAdviceKey =
  | 'no-batch-norm'
  | 'exclusive-gate'
  | 'dropout'
  | 'zero-gamma'
  | 'skipinit-without-norm'
  | 'grouped'
  | 'same-network'

/** A warning about a kind of network. */
interface Rule {
  readonly key: NetworkAdviceKey
  readonly isAbout: (curve: CurveSpec, options: NetworkOptions, recipe: Recipe) => boolean
  /** @param name of the first network that it is about. */
  readonly sentence: (name: string) => string
}

// What was measured on digits at width 8 with batches of 64; errors are training errors, means over seeds.
const rules: readonly Rule[] = [
  {
    key: 'no-batch-norm',
    isAbout: ({ depth }, { batchNorm, initialisation }) =>
      !batchNorm && initialisation === 'he' && depth >= 20,
    sentence: (name) =>
      `Without batch norm (${name}) 8 layers learned in 200 steps, at rates from 0.001 to 0.05; 20 and 32 layers did not, plain or residual, and 3 of 9 residual runs of 32 diverged.`,
  },
  {
    key: 'exclusive-gate',
    isAbout: ({ depth, shortcut }, { gateBias }) =>
      shortcut === 'exclusive-gate' && gateBias <= -6 && depth >= 32,
    sentence: (name) =>
      `Exclusive gates that start at −6 (${name}) kept 32 layers near guessing: 88 % training error after 300 steps, 3 seeds.`,
  },
  {
    key: 'dropout',
    isAbout: ({ depth, shortcut }, { dropRate }) => shortcut === 'dropout' && dropRate >= 0.5 && depth >= 32,
    sentence: (name) =>
      `Dropout of 0.5 on the shortcuts (${name}) kept 32 layers at guessing: 90 % training error after 300 steps, 3 seeds.`,
  },
  {
    key: 'zero-gamma',
    isAbout: ({ depth }, { initialisation }, { steps }) =>
      initialisation === 'zero-gamma' && depth >= 32 && steps < 600,
    sentence: (name) =>
      `Zero last gamma (${name}) starts late: at 32 layers 82 to 89 % training error after 300 steps at rates from 0.02 to 0.1, 18 % after 600 at 0.1 (one seed).`,
  },
  {
    key: 'skipinit-without-norm',
    isAbout: ({ depth }, { batchNorm, initialisation }) =>
      !batchNorm && initialisation === 'skipinit' && depth >= 32,
    sentence: (name) =>
      `SkipInit without batch norm (${name}) hardly learned here: at 32 layers 76 to 91 % training error after 300 steps, at rates from 0.02 to 0.3 (one seed).`,
  },
  {
    key: 'grouped',
    isAbout: (_, { block, cardinality }) => block === 'resnext' && cardinality > 1,
    sentence: (name) =>
      `Grouped convolutions (${name}) are computed here as full ones with zeros between the groups, and cost as much as those.`,
  },
]

/** Warnings about the networks of a set-up, each kind once. */
export const networkAdvice = ({
  networks,
  recipe,
}: Pick<ExperimentSpec, 'networks' | 'recipe'>): readonly {
  readonly key: NetworkAdviceKey
  readonly sentence: string
}[] => {
  const about = rules.flatMap(({ key, isAbout, sentence }) => {
    const curve = networks.find((one) => isAbout(one, optionsOf(one), recipe))
    return curve === undefined ? [] : [{ key, sentence: sentence(curveLabel(curve)) }]
  })
  const same = samePlainNetworks(networks)
  if (same === null) return about
  const sentence = `${same} train alike: without shortcuts the order changes nothing, until they are switched on.`
  return [...about, { key: 'same-network', sentence }]
}

/** Two plain networks that differ in their order alone; null where there are none. */
const samePlainNetworks = (networks: readonly CurveSpec[]): string | null => {
  const plains = networks.filter(({ shortcut }) => shortcut === 'none')
  const withoutOrder = (curve: CurveSpec): CurveSpec => canonicalCurve({ ...curve, order: 'original' })
  for (const [i, second] of plains.entries()) {
    const first = plains.slice(0, i).find((one) => equalData(withoutOrder(one), withoutOrder(second)))
    if (first !== undefined) return `${curveLabel(first)} and ${curveLabel(second)}`
  }
  return null
}
