import { countNetwork, type NetworkCounts } from './countNetwork.ts'
import { firstBlockNote, structureText } from './layerTableText.ts'
import type { BlockPlan, ConvOperation, NetworkPlan, Operation } from './networkPlan.ts'
import { parametersOf } from './parameters.ts'

export type LayerRowKind = 'conv' | 'max-pool' | 'stage' | 'head'

/** One line of the table in which He et al. 2015 (table 1, section 4.2) print a network. */
export interface LayerRow {
  /** `conv1`, `conv2_x`; with the small stem `stage 1`. */
  readonly name: string
  readonly kind: LayerRowKind
  /** Side of what the row gives on, pixels. */
  readonly outputSide: number
  readonly outputChannels: number
  /** Convolutions of the main path; in a stage those of one block. */
  readonly convs: readonly ConvOperation[]
  /** The blocks of a stage; in other rows none. */
  readonly blocks: readonly BlockPlan[]
  /** `7×7, 64, stride 2` or `[3×3, 64; 3×3, 64] × 2`. */
  readonly structure: string
  /** What the folding hides: the first block's stride and what the shortcuts are; null where there is nothing to say. */
  readonly note: string | null
  /** Weighted layers on the main path, all blocks together. */
  readonly weightedLayers: number
  readonly counts: NetworkCounts
  /** The part of the counts that belongs to projections and gates. */
  readonly shortcutCounts: NetworkCounts
}

export interface LayerTable {
  readonly rows: readonly LayerRow[]
  readonly totals: NetworkCounts
}

interface Section {
  readonly kind: LayerRowKind
  readonly name: string
  readonly operations: Operation[]
}

/**
 * The table of a network, repeated blocks folded. Every number is counted on the operations that train; each operation stands in
 * exactly one row.
 */
export const layerTable = (plan: NetworkPlan): LayerTable => ({
  rows: sectionsOf(plan).map((section) => rowOf(plan, section)),
  totals: countNetwork(plan),
})

const sectionsOf = (plan: NetworkPlan): readonly Section[] => {
  const sections: Section[] = []
  for (const operation of plan.operations) {
    const { kind, name } = placeOf(plan, operation, sections.at(-1)?.kind)
    const last = sections.at(-1)
    if (last !== undefined && last.name === name) last.operations.push(operation)
    else sections.push({ kind, name, operations: [operation] })
  }
  return sections
}

const placeOf = (
  plan: NetworkPlan,
  operation: Operation,
  before: LayerRowKind | undefined,
): Pick<Section, 'kind' | 'name'> => {
  if (operation.block !== null) {
    const stage = plan.blocks[operation.block]?.stage ?? 0
    return { kind: 'stage', name: plan.spec.stem === 'large' ? `conv${stage + 1}_x` : `stage ${stage}` }
  }
  if (operation.kind === 'max-pool') return { kind: 'max-pool', name: 'max pool' }
  return before === 'stage' || before === 'head'
    ? { kind: 'head', name: 'head' }
    : { kind: 'conv', name: 'conv1' }
}

const rowOf = (plan: NetworkPlan, { kind, name, operations }: Section): LayerRow => {
  const part = (chosen: readonly Operation[]): NetworkCounts => countNetwork({ ...plan, operations: chosen })
  const ofShortcuts = operations.filter((operation) => servesShortcut(plan, operation))
  const indices = new Set(operations.map(({ block }) => block))
  const blocks = plan.blocks.filter(({ index }) => indices.has(index))
  const mainConvs = operations.filter(
    (operation): operation is ConvOperation => operation.kind === 'conv' && !ofShortcuts.includes(operation),
  )
  const first = blocks[0]
  const convs = first === undefined ? mainConvs : mainConvs.filter(({ block }) => block === first.index)
  const output = outputOf(operations)
  const shortcutCounts = part(ofShortcuts)
  return {
    name,
    kind,
    ...output,
    convs,
    blocks,
    structure: structureText(kind, convs, blocks.length, output.outputChannels),
    note: firstBlockNote(plan.spec, blocks, convs),
    weightedLayers: mainConvs.length + operations.filter(({ kind: one }) => one === 'dense').length,
    counts: part(operations),
    shortcutCounts,
  }
}

/** Whether an operation holds parameters of a projection or a gate. */
const servesShortcut = (plan: NetworkPlan, operation: Operation): boolean =>
  parametersOf({ ...plan, operations: [operation] }).some(({ shortcutOfBlock }) => shortcutOfBlock !== null)

/** Shape of what the last of these operations writes. */
const outputOf = (operations: readonly Operation[]): Pick<LayerRow, 'outputSide' | 'outputChannels'> => {
  const last = operations.at(-1)
  if (last === undefined) throw new Error('A row of the table has no operations.')
  switch (last.kind) {
    case 'conv':
    case 'subsample-pad':
      return { outputSide: last.outputSide, outputChannels: last.outputChannels }
    case 'max-pool':
      return { outputSide: last.outputSide, outputChannels: last.channels }
    case 'dense':
      return { outputSide: 1, outputChannels: last.outputChannels }
    case 'norm':
    case 'relu':
    case 'multiplier':
    case 'dropout':
    case 'gate':
    case 'add':
    case 'gated-add':
      return { outputSide: last.side, outputChannels: last.channels }
    case 'pool':
      return { outputSide: 1, outputChannels: last.channels }
    default:
      return last satisfies never
  }
}
