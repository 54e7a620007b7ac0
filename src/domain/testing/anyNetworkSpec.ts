import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../networkSpec.ts'

/** The smallest network of the reference program's fixtures: three stages of one basic block, width 4, 12×12×3, 5 classes. */
export const smallSpec: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'none',
  stem: 'small',
  blocksPerStage: [1, 1, 1],
  width: 4,
  imageSize: 12,
  channels: 3,
  classes: 5,
}

/** How many numbers decide a network. */
export const choicesOfSpec = 24

/** A network for each list of whole numbers: every block, order, shortcut, start and stem, those that the lab refuses included. */
export const chosenSpec = (choices: readonly number[]): NetworkSpec => {
  let used = 0
  const choose = (count: number): number => (choices[used++] ?? 0) % count
  const one = <T>(items: readonly T[]): T => items[choose(items.length)] as T
  return {
    block: one(blockTypes),
    order: one(activationOrders),
    shortcut: one(shortcutTypes),
    initialisation: one(initialisations),
    batchNorm: choose(3) > 0,
    stem: choose(4) > 0 ? 'small' : 'large',
    cardinality: 1 + choose(8),
    groupWidth: 1 + choose(6),
    residualScale: (1 + choose(8)) / 4,
    shortcutScale: (1 + choose(8)) / 4,
    gateBias: choose(13) - 6,
    dropRate: choose(10) / 10,
    width: one([4, 5, 8]),
    imageSize: 1 + choose(33),
    channels: 1 + choose(4),
    classes: 2 + choose(11),
    blocksPerStage: Array.from({ length: 1 + choose(5) }, () => 1 + choose(4)),
  }
}
