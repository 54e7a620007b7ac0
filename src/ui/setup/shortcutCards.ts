import type { ShortcutType } from '../../domain/networkSpec.ts'

export interface ShortcutCard {
  /** On its card. */
  readonly name: string
  /** What it does. */
  readonly sentence: string
  readonly source: string
}

/** Each shortcut as its card and the line below the cards say it. */
export const shortcutCards: Readonly<Record<Exclude<ShortcutType, 'none'>, ShortcutCard>> = {
  A: {
    name: 'A',
    sentence: 'Identity; zeros appended where the channels grow. No parameters.',
    source: 'He 2015, §3.3',
  },
  B: {
    name: 'B',
    sentence: 'Identity; a projection, a 1×1 convolution, where the channels grow.',
    source: 'He 2015, §3.3',
  },
  C: {
    name: 'C',
    sentence: 'A projection, a 1×1 convolution, in every block.',
    source: 'He 2015, §4.1',
  },
  scaled: {
    name: 'Scaled',
    sentence: 'F and x each times a constant before they are added.',
    source: 'He 2016, §3.1',
  },
  'shortcut-gate': {
    name: 'Shortcut gate',
    sentence: 'x times 1 − g, where g is a gate computed from x; F stays whole.',
    source: 'He 2016, §3.1',
  },
  'exclusive-gate': {
    name: 'Exclusive gate',
    sentence: 'F times g and x times 1 − g, where g is a gate computed from x.',
    source: 'He 2016, §3.1',
  },
  dropout: {
    name: 'Dropout',
    sentence: 'While it trains, values of x are set to 0 at random.',
    source: 'He 2016, §3.1',
  },
}
