import type { Initialisation } from '../../domain/networkSpec.ts'

/** What each start does, a line; its name and paper stand in `curveWords`. */
export const startWords: Readonly<Record<Initialisation, string>> = {
  he: 'Random kernels whose size keeps the signal’s variance through ReLU layers.',
  'zero-gamma':
    'The last batch norm of each F starts with scale 0: at first every block passes x on unchanged.',
  skipinit: 'A learned factor at the end of each F starts at 0; made for networks without batch norm.',
  dirac:
    'Each kernel is an identity plus a normalised part, both with learned factors: a shortcut inside the layer.',
}
