import type { BlockPlan } from '../../domain/networkPlan.ts'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import type { NetworkPart } from './blockPieces.ts'

/** Heads a close-up: `block 10, stage 2`. */
export const partName = (part: NetworkPart, blocks: readonly BlockPlan[]): string => {
  if (part === 'stem') return 'before the first block'
  if (part === 'head') return 'after the last block'
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) return ''
  const name =
    first === last ? `block ${first.index + 1}` : `blocks ${first.index + 1} to ${last.index + 1}, each`
  return `${name}, stage ${first.stage}`
}

/** What the shortcut carries, in words. */
export const pathWords = ({ shortcut }: NetworkSpec, block: BlockPlan): string => {
  const carried = carriedWords(block)
  switch (shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return carried
    case 'scaled':
      return `${carried}; both ways scaled`
    case 'exclusive-gate':
      return `${carried}; a gate shares between F and x`
    case 'shortcut-gate':
      return `${carried}; a gate on x`
    case 'dropout':
      return `${carried}; dropout`
    default:
      return shortcut satisfies never
  }
}

const carriedWords = ({ shortcutPath, stride }: BlockPlan): string => {
  switch (shortcutPath) {
    case 'none':
      return 'no shortcut'
    case 'identity':
      return 'identity, no parameters'
    case 'subsample-pad':
      return stride === 2
        ? 'every second pixel, zero channels appended, no parameters'
        : 'zero channels appended, no parameters'
    case 'projection':
      return stride === 2 ? '1×1 projection, stride 2' : '1×1 projection'
    default:
      return shortcutPath satisfies never
  }
}
