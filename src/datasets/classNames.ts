import type { DatasetSource } from '../domain/experimentSpec.ts'

const names: Readonly<Record<DatasetSource, readonly string[]>> = {
  digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  fractals: [
    'Sierpiński triangle',
    'Sierpiński carpet',
    'Vicsek cross',
    'pentaflake',
    'fern',
    'dragon curve',
    'Lévy C curve',
    'Koch curve',
    'tree',
    'spiral',
  ],
  shapes: ['disc', 'ring', 'square', 'triangle', 'star', 'plus', 'crescent', 'heart', 'half-disc', 'L'],
  cifar10: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
}

/** What each class is called, by label. */
export const classNamesOf = (source: DatasetSource): readonly string[] => names[source]
