import type { LayerRowKind } from './layerTable.ts'
import type { BlockPlan, ConvOperation } from './networkPlan.ts'
import type { NetworkSpec } from './networkSpec.ts'

/** `3×3, 64`, with groups `3×3, 128, C=32` (Xie et al. 2017, table 1). */
export const convText = ({ kernelSize, outputChannels, groups }: ConvOperation): string =>
  `${kernelSize}×${kernelSize}, ${outputChannels}${groups === 1 ? '' : `, C=${groups}`}`

/** A row's layers in one line. */
export const structureText = (
  kind: LayerRowKind,
  convs: readonly ConvOperation[],
  repeats: number,
  outputChannels: number,
): string => {
  switch (kind) {
    case 'conv':
      return convs
        .map((conv) => `${convText(conv)}${conv.stride === 1 ? '' : `, stride ${conv.stride}`}`)
        .join('; ')
    case 'max-pool':
      return '3×3 max pool, stride 2'
    case 'stage':
      return `[${convs.map(convText).join('; ')}] × ${repeats}`
    case 'head':
      return `average pool, ${outputChannels}-d fc, softmax`
    default:
      return kind satisfies never
  }
}

/** What is not the same in every block of a stage, and what carries x past them. */
export const firstBlockNote = (
  spec: NetworkSpec,
  blocks: readonly BlockPlan[],
  convs: readonly ConvOperation[],
): string | null => {
  const [first] = blocks
  if (first === undefined) return null
  const isStridden = convs.some(({ stride }) => stride === 2)
  const stride = isStridden ? [convs.length > 2 ? 'stride 2 in its 3×3' : 'stride 2'] : []
  const path = pathText(first)
  const isAlike = blocks.every(({ shortcutPath }) => shortcutPath === first.shortcutPath)
  const onlyFirst = isAlike ? stride : [...stride, ...path]
  const every = [...(isAlike ? path : []), ...everyBlockWords(spec)]
  if (blocks.length === 1) return [...onlyFirst, ...every].join(', ') || null
  const parts = [
    ...(onlyFirst.length === 0 ? [] : [`first block: ${onlyFirst.join(', ')}`]),
    ...(every.length === 0 ? [] : [`every block: ${every.join(', ')}`]),
  ]
  return parts.join('; ') || null
}

const pathText = ({ shortcutPath, outputChannels }: BlockPlan): readonly string[] => {
  switch (shortcutPath) {
    case 'none':
    case 'identity':
      return []
    case 'subsample-pad':
      return ['zeros appended in the shortcut']
    case 'projection':
      return [`1×1 projection to ${outputChannels}`]
    default:
      return shortcutPath satisfies never
  }
}

const everyBlockWords = ({
  shortcut,
  residualScale,
  shortcutScale,
  dropRate,
}: NetworkSpec): readonly string[] => {
  switch (shortcut) {
    case 'none':
    case 'A':
    case 'B':
    case 'C':
      return []
    case 'scaled':
      return [`${residualScale} · F + ${shortcutScale} · x`]
    case 'exclusive-gate':
      return ['an exclusive 1×1 gate']
    case 'shortcut-gate':
      return ['a 1×1 gate on the shortcut']
    case 'dropout':
      return [`dropout ${dropRate} on the shortcut`]
    default:
      return shortcut satisfies never
  }
}
