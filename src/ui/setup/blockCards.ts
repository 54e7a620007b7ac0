import type { ActivationOrder, BlockType } from '../../domain/networkSpec.ts'

/** What the set-up says of one of several choices. */
export interface ChoiceWords {
  /** On its card. */
  readonly name: string
  /** What it is. */
  readonly sentence: string
  readonly source: string
}

export const blockCards: Readonly<Record<BlockType, ChoiceWords>> = {
  basic: {
    name: 'Basic',
    sentence: 'Two 3×3 convolutions.',
    source: 'He 2015, §3.3',
  },
  bottleneck: {
    name: 'Bottleneck',
    sentence: 'Three layers: 1×1 to few channels, 3×3 there, 1×1 to four times as many.',
    source: 'He 2015, §4.1',
  },
  resnext: {
    name: 'ResNeXt',
    sentence: 'A bottleneck whose 3×3 works in groups side by side, each on its own channels.',
    source: 'Xie 2017, §3.3',
  },
}

const preact = 'He 2016, §4.1'

export const orderCards: Readonly<Record<ActivationOrder, ChoiceWords>> = {
  original: {
    name: 'Original',
    sentence: 'The last ReLU comes after the addition.',
    source: 'He 2015, §3.2',
  },
  'bn-after-add': {
    name: 'BN after +',
    sentence: 'The last batch norm comes after the addition, and so changes x too.',
    source: preact,
  },
  'relu-before-add': {
    name: 'ReLU before +',
    sentence: 'F ends in a ReLU: it can only add to x.',
    source: preact,
  },
  'relu-only-preact': {
    name: 'ReLU pre-activation',
    sentence: 'ReLU-only pre-activation: nothing stands in the way of x from block to block.',
    source: preact,
  },
  'full-preact': {
    name: 'Full pre-activation',
    sentence: 'Full pre-activation: batch norm and ReLU before each convolution; x passes untouched.',
    source: preact,
  },
}
