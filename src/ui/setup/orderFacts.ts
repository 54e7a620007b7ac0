import type { ActivationOrder } from '../../domain/networkSpec.ts'

/** An order in a list of choices, and beside a fold. */
export const orderFacts: Readonly<Record<ActivationOrder, string>> = {
  original: 'original',
  'bn-after-add': 'BN after addition',
  'relu-before-add': 'ReLU before addition',
  'relu-only-preact': 'ReLU-only pre-activation',
  'full-preact': 'full pre-activation',
}
