import type { CurveSpec } from '../../domain/curveSpec.ts'
import { curveRole, type ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'

// What the controls of the set-up do to a spec. All pure: the controller validates the result.

/** Networks (by index) that the depth control changes together: all but the shallow references. */
export const deepNetworks = ({ networks }: ExperimentSpec): readonly number[] =>
  networks.flatMap((curve, index) => (curveRole(networks, curve) === 'reference' ? [] : [index]))

/** The network whose shortcut the cards choose: the first that has one; null where all are plain. */
export const shortcutNetwork = ({ networks }: ExperimentSpec): number | null => {
  const index = networks.findIndex((curve) => curve.shortcut !== 'none')
  return index < 0 ? null : index
}

/** The common depth of the networks that the depth control changes; null where they differ. */
export const commonDepth = (spec: ExperimentSpec): number | null => {
  const depths = new Set(deepNetworks(spec).map((index) => spec.networks[index]?.depth))
  return depths.size === 1 ? ([...depths][0] ?? null) : null
}

/** Depth of the deepest shallow reference; null where there is none. */
export const referenceDepth = ({ networks }: ExperimentSpec): number | null => {
  const depths = networks.filter((curve) => curveRole(networks, curve) === 'reference').map((c) => c.depth)
  return depths.length === 0 ? null : Math.max(...depths)
}

export const withDepth = (spec: ExperimentSpec, depth: number): ExperimentSpec => {
  const deep = new Set(deepNetworks(spec))
  const networks = spec.networks.map((curve, index) => (deep.has(index) ? { ...curve, depth } : curve))
  return withNetworks(spec, networks)
}

export const withShortcut = (spec: ExperimentSpec, network: number, shortcut: ShortcutType): ExperimentSpec =>
  withCurve(spec, network, { shortcut })

export const withCurve = (
  spec: ExperimentSpec,
  network: number,
  change: Partial<CurveSpec>,
): ExperimentSpec =>
  withNetworks(
    spec,
    spec.networks.map((curve, index) => (index === network ? { ...curve, ...change } : curve)),
  )

/** A network that is not yet there: the deepest one with the first shortcut type that is missing, else a plain one. */
export const nextCurve = ({ networks }: ExperimentSpec): CurveSpec => {
  const depth = Math.max(...networks.map((curve) => curve.depth))
  const has = (curve: CurveSpec) =>
    networks.some((other) => other.depth === curve.depth && other.shortcut === curve.shortcut)
  const candidates: CurveSpec[] = [
    ...(['A', 'B', 'C', 'none'] as const).map((shortcut) => ({ depth, shortcut })),
    { depth: 8, shortcut: 'A' },
    { depth: 20, shortcut: 'none' },
    { depth: 20, shortcut: 'A' },
  ]
  return candidates.find((curve) => !has(curve)) ?? { depth: depth + 6, shortcut: 'none' }
}

export const withAddedNetwork = (spec: ExperimentSpec): ExperimentSpec =>
  withNetworks(spec, [...spec.networks, nextCurve(spec)])

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
const withNetworks = (spec: ExperimentSpec, networks: readonly CurveSpec[]): ExperimentSpec => ({
  ...spec,
  networks,
  interventions: spec.interventions.flatMap((intervention): Intervention[] => {
    if (intervention.kind !== 'shortcuts' || intervention.blocks === 'all') return [intervention]
    const blockCount = ((networks[intervention.network]?.depth ?? 2) - 2) / 2
    const blocks = intervention.blocks.filter((block) => block < blockCount)
    return blocks.length === 0 ? [] : [{ ...intervention, blocks }]
  }),
})
