import { blockCountOf, type CurveSpec, canonicalCurve, optionsOf } from '../../domain/curveSpec.ts'
import { equalData } from '../../domain/equalData.ts'
import { curveRole, type ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import { type BlockType, depthStride, type ShortcutType } from '../../domain/networkSpec.ts'
import { validateSpec } from '../../domain/validateSpec.ts'

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

/** Whether the experiment has this network already. */
export const hasCurve = ({ networks }: ExperimentSpec, curve: CurveSpec): boolean =>
  networks.some((other) => equalData(canonicalCurve(other), canonicalCurve(curve)))

/** A network that is not yet there: the deepest one with the first shortcut type that is missing, else a plain one. */
export const nextCurve = (spec: ExperimentSpec): CurveSpec => {
  const deepest = spec.networks.reduce((deep, curve) => (curve.depth > deep.depth ? curve : deep))
  const stride = depthStride(optionsOf(deepest).block)
  const usual: CurveSpec = { ...deepest, initialisation: 'he' }
  const candidates: CurveSpec[] = [
    ...(['A', 'B', 'C', 'none'] as const).map((shortcut) => ({ ...usual, shortcut })),
    ...[1, 2, 3].flatMap((blocks) =>
      (['A', 'none'] as const).map((shortcut) => ({
        ...curveWithDepth(usual, blocks * stride + 2),
        shortcut,
      })),
    ),
  ].map(canonicalCurve)
  const further = canonicalCurve(
    curveWithDepth(usual, (Math.ceil((deepest.depth - 2) / stride) + 1) * stride + 2),
  )
  return (
    candidates.find((curve) => !hasCurve(spec, curve) && validateSpec(withAdded(spec, curve)).ok) ?? further
  )
}

export const withAdded = (spec: ExperimentSpec, curve: CurveSpec): ExperimentSpec =>
  withNetworks(spec, [...spec.networks, curve])

export const withAddedNetwork = (spec: ExperimentSpec): ExperimentSpec => withAdded(spec, nextCurve(spec))

/** Without one network: switches planned for it go with it, those of later networks keep their network. */
export const withoutNetwork = (spec: ExperimentSpec, network: number): ExperimentSpec => ({
  ...spec,
  networks: spec.networks.filter((_, index) => index !== network),
  interventions: spec.interventions.flatMap((intervention): Intervention[] => {
    if (intervention.kind !== 'shortcuts' || intervention.network < network) return [intervention]
    return intervention.network === network ? [] : [{ ...intervention, network: intervention.network - 1 }]
  }),
})

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
