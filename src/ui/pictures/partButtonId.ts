import type { NetworkPart } from './blockPieces.ts'

/** Id of the button that opens the close-up of a part: the focus comes back to it. */
export const partButtonId = (network: number, part: NetworkPart): string => `inside-${network}-${part}`
