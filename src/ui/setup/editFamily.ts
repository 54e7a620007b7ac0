import { type CurveSpec, optionsOf } from '../../domain/curveSpec.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import {
  type BlockType,
  depthOf,
  depthStride,
  type Initialisation,
  type NetworkOptions,
} from '../../domain/networkSpec.ts'
import { curveWithDepth, withNetworks } from './editSpec.ts'

// Edits of what all networks of an experiment have in common: a comparison stays fair where only one thing differs. All pure.

/** One option of every network. */
export const withOption = (
  spec: ExperimentSpec,
  change: Partial<Omit<NetworkOptions, 'block'>>,
): ExperimentSpec =>
  withNetworks(
    spec,
    spec.networks.map((curve) => ({ ...curve, ...change })),
  )

/**
 * The nearest depth of the block's form that is not below `least`. Halfway the deeper one, but the shallowest network stays the
 * shallowest: 8 and 11, and 32 and 29, lead to each other.
 */
export const nearestDepth = (block: BlockType, depth: number, least = 0): number => {
  const stride = depthStride(block)
  const wished = depth <= stride + 5 && least === 0 ? 1 : Math.round((depth - 2) / stride)
  return Math.max(wished, 1, Math.ceil((least - 2) / stride)) * stride + 2
}

/** Every network with this block. Those of equal stages get the nearest depth of its form; unequal depths stay unequal. */
export const withBlock = (spec: ExperimentSpec, block: BlockType): ExperimentSpec => {
  const depths = new Map<number, number>()
  let least = 0
  const even = spec.networks.filter((curve) => curve.stages === undefined).map((curve) => curve.depth)
  for (const depth of [...new Set(even)].toSorted((a, b) => a - b)) {
    const nearest = nearestDepth(block, depth, least)
    depths.set(depth, nearest)
    least = nearest + 1
  }
  return withNetworks(
    spec,
    spec.networks.map((curve) => curveOfBlock(curve, block, depths.get(curve.depth))),
  )
}

/** One network with another block; of equal stages at the given depth, else the nearest of the form. */
export const curveOfBlock = (curve: CurveSpec, block: BlockType, depth?: number): CurveSpec =>
  curve.stages === undefined
    ? { ...curveWithDepth(curve, depth ?? nearestDepth(block, curve.depth)), block }
    : { ...curve, block, depth: depthOf(block, curve.stages) }

/** Depths that an edit changed, each once, in order of the networks: `[[8, 11], [32, 29]]`. */
export const changedDepths = (
  before: ExperimentSpec,
  after: ExperimentSpec,
): readonly (readonly [number, number])[] => {
  const changes = new Map<number, number>()
  before.networks.forEach((curve, index) => {
    const depth = after.networks[index]?.depth
    if (depth !== undefined && depth !== curve.depth) changes.set(curve.depth, depth)
  })
  return [...changes]
}

/** Which networks an initialisation is chosen for: those without or those with shortcuts. */
export type NetworkKind = 'plain' | 'residual'

export const isOfKind = (curve: CurveSpec, kind: NetworkKind): boolean =>
  (curve.shortcut === 'none') === (kind === 'plain')

/** How the networks of one kind start; null where they differ or there are none. */
export const commonStart = ({ networks }: ExperimentSpec, kind: NetworkKind): Initialisation | null => {
  const starts = new Set(
    networks.filter((curve) => isOfKind(curve, kind)).map((curve) => optionsOf(curve).initialisation),
  )
  return starts.size === 1 ? ([...starts][0] ?? null) : null
}

/** The networks of one kind with this start. */
export const withStart = (
  spec: ExperimentSpec,
  kind: NetworkKind,
  initialisation: Initialisation,
): ExperimentSpec =>
  withNetworks(
    spec,
    spec.networks.map((curve) => (isOfKind(curve, kind) ? { ...curve, initialisation } : curve)),
  )

/** The deepest network of one kind, the first of several; null where there is none. */
export const deepestOf = ({ networks }: ExperimentSpec, kind: NetworkKind): CurveSpec | null =>
  networks
    .filter((curve) => isOfKind(curve, kind))
    .reduce<CurveSpec | null>(
      (deep, curve) => (deep === null || curve.depth > deep.depth ? curve : deep),
      null,
    )
