import { architectures } from '../../domain/architectures.ts'
import type { PublishedCount, PublishedError } from '../../domain/architecturesPublished.ts'
import { curveLabel } from '../../domain/curveLabel.ts'
import { curveWords } from '../../domain/curveWords.ts'
import { type ExperimentSpec, networkSpecOf } from '../../domain/experimentSpec.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'

/** A network that can be looked at. */
export interface ExplorerChoice {
  readonly key: string
  readonly title: string
  readonly spec: NetworkSpec
  /** What a reader should know of it, sentences; null where there is nothing. */
  readonly note: string | null
  readonly published: readonly PublishedError[]
  readonly publishedParameters: PublishedCount | null
}

export interface ChoiceGroup {
  readonly title: string
  readonly choices: readonly ExplorerChoice[]
}

const ofFamily = (family: 'imagenet' | 'cifar'): readonly ExplorerChoice[] =>
  architectures.filter((one) => one.family === family).map((one) => ({ ...one, key: one.name }))

const published: readonly ChoiceGroup[] = [
  { title: 'ImageNet', choices: ofFamily('imagenet') },
  { title: 'CIFAR-10', choices: ofFamily('cifar') },
]

/** The papers' architectures, and the networks that are set up. */
export const explorerChoices = (spec: ExperimentSpec): readonly ChoiceGroup[] => [
  ...published,
  {
    title: 'In the lab now',
    choices: spec.networks.map((curve, index) => ({
      key: `lab-${index}`,
      title: curveLabel(curve),
      spec: networkSpecOf(spec, curve),
      note: `Network ${index + 1} as it is set up: ${curveWords(curve).join(', ')}.`,
      published: [],
      publishedParameters: null,
    })),
  },
]

/** The choice with this key; the first where the lab's networks have become fewer. */
export const choiceOf = (groups: readonly ChoiceGroup[], key: string): ExplorerChoice => {
  const all = groups.flatMap(({ choices }) => choices)
  const found = all.find((choice) => choice.key === key) ?? all[0]
  if (found === undefined) throw new Error('There is no architecture to show.')
  return found
}
