import type { ActivationOrder } from '../../domain/networkSpec.ts'

/** What stands in a drawn block of two convolutions, from the top; `add` is where the shortcut comes in. */
export type OrderPiece = 'conv' | 'norm' | 'relu' | 'add'

const pieces: Readonly<Record<ActivationOrder, readonly OrderPiece[]>> = {
  original: ['conv', 'norm', 'relu', 'conv', 'norm', 'add', 'relu'],
  'bn-after-add': ['conv', 'norm', 'relu', 'conv', 'add', 'norm', 'relu'],
  'relu-before-add': ['conv', 'norm', 'relu', 'conv', 'norm', 'relu', 'add'],
  'relu-only-preact': ['relu', 'conv', 'norm', 'relu', 'conv', 'norm', 'add'],
  'full-preact': ['norm', 'relu', 'conv', 'norm', 'relu', 'conv', 'add'],
}

/** The block of He et al. 2016, figure 4, with or without its batch norm. */
export const orderPieces = (order: ActivationOrder, batchNorm: boolean): readonly OrderPiece[] =>
  pieces[order].filter((piece) => batchNorm || piece !== 'norm')
