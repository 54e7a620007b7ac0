import { blockCountOf, type CurveSpec, canonicalCurve, optionsOf } from '../../domain/curveSpec.ts'
import { equalData } from '../../domain/equalData.ts'
import { curveRole, type ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import type { BlockType, ShortcutType } from '../../domain/networkSpec.ts'

// What the controls of the set-up do to a spec. All pure: the controller validates the result.

/** Networks (by index) that the depth control changes together: all but the shallow references. */
export const deepNetworks = ({ networks }: ExperimentSpec): readonly number[] =>
  networks.flatMap((curve, index) => (curveRole(networks, curve) === 'reference' ? [] : [index]))

/** The network whose shortcut the cards choose: the first that has one; null where all are plain. */
export const shortcutNetwork = ({ networks }: ExperimentSpec): number | null => {
  const index = networks.findIndex((curve) => curve.shortcut !== 'none')
  return index < 0 ? null : index
}

/** The curves that the depth control changes. */
export const deepCurves = (spec: ExperimentSpec): readonly CurveSpec[] =>
  spec.networks.filter((_, index) => deepNetworks(spec).includes(index))

/** The common depth of the networks that the depth control changes; null where they differ. */
export const commonDepth = (spec: ExperimentSpec): number | null => {
  const depths = new Set(deepCurves(spec).map((curve) => curve.depth))
  return depths.size === 1 ? ([...depths][0] ?? null) : null
}

/** The kinds of block among the networks that the depth control changes: a new depth must be of the form of each. */
export const deepBlocks = (spec: ExperimentSpec): readonly BlockType[] => [
  ...new Set(deepCurves(spec).map((curve) => optionsOf(curve).block)),
]

/** The unequal stages that all the networks share which the depth control changes; null where there are none or they differ. */
export const commonStages = (spec: ExperimentSpec): readonly number[] | null => {
  const [first, ...others] = deepCurves(spec).map((curve) => curve.stages)
  return first !== undefined && others.every((stages) => equalData(stages, first)) ? first : null
}

/** Depth of the deepest shallow reference; null where there is none. */
export const referenceDepth = ({ networks }: ExperimentSpec): number | null => {
  const depths = networks.filter((curve) => curveRole(networks, curve) === 'reference').map((c) => c.depth)
  return depths.length === 0 ? null : Math.max(...depths)
}

/** Of another depth, in three equal stages. */
export const curveWithDepth = ({ stages: _, ...curve }: CurveSpec, depth: number): CurveSpec => ({
  ...curve,
  depth,
})

export const withDepth = (spec: ExperimentSpec, depth: number): ExperimentSpec => {
  const deep = new Set(deepNetworks(spec))
  return withNetworks(
    spec,
    spec.networks.map((curve, index) => (deep.has(index) ? curveWithDepth(curve, depth) : curve)),
  )
}

export const withShortcut = (spec: ExperimentSpec, network: number, shortcut: ShortcutType): ExperimentSpec =>
  withCurve(spec, network, { shortcut })

export const withCurve = (
  spec: ExperimentSpec,
  network: number,
  change: Partial<CurveSpec>,
): ExperimentSpec => withReplaced(spec, network, (curve) => ({ ...curve, ...change }))

export const withReplaced = (
  spec: ExperimentSpec,
  network: number,
  change: (curve: CurveSpec) => CurveSpec,
): ExperimentSpec =>
  withNetworks(
    spec,
    spec.networks.map((curve, index) => (index === network ? change(curve) : curve)),
  )

/** With one more switch, in order of the steps; after those of the same step. */
export const withIntervention = (spec: ExperimentSpec, added: Intervention): ExperimentSpec => ({
  ...spec,
  interventions: [...spec.interventions, added].toSorted((a, b) => a.step - b.step),
})

/** Other networks; switches of blocks that no longer exist are dropped. */
export const withNetworks = (spec: ExperimentSpec, networks: readonly CurveSpec[]): ExperimentSpec => ({
  ...spec,
  networks: networks.map(canonicalCurve),
  interventions: spec.interventions.flatMap((intervention): Intervention[] => {
    if (intervention.kind !== 'shortcuts' || intervention.blocks === 'all') return [intervention]
    const curve = networks[intervention.network]
    const blockCount = curve === undefined ? 0 : blockCountOf(curve)
    const blocks = intervention.blocks.filter((block) => block < blockCount)
    return blocks.length === 0 ? [] : [{ ...intervention, blocks }]
  }),
})
