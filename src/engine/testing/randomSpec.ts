import {
  activationOrders,
  blockTypes,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { randomStream } from '../../domain/random.ts'

/** Any network of the family with the stem for small images, of widths that fill no vector too. */
export const randomSpec = (seed: number): NetworkSpec => {
  const stream = randomStream(seed, 'spec')
  const oneOf = <T>(values: readonly T[]): T => {
    const value = values[stream.integer(values.length)]
    if (value === undefined) throw new Error('There is nothing to choose from.')
    return value
  }
  const from = (least: number, most: number): number => least + stream.integer(most - least + 1)
  return {
    block: oneOf(blockTypes),
    order: oneOf(activationOrders),
    shortcut: oneOf(shortcutTypes),
    batchNorm: oneOf([true, false]),
    initialisation: oneOf(initialisations),
    stem: 'small',
    blocksPerStage: oneOf([[1], [2], [1, 1], [2, 1], [1, 1, 1]]),
    width: from(1, 20),
    imageSize: from(4, 16),
    channels: oneOf([1, 3]),
    classes: from(2, 100),
    cardinality: from(1, 6),
    groupWidth: from(1, 9),
    residualScale: oneOf([0.5, 1.7]),
    shortcutScale: oneOf([0.25, 1, 2]),
    gateBias: oneOf([-1, 0, 1]),
    dropRate: oneOf([0.2, 0.5]),
  }
}
