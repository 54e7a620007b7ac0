import { type CurveSpec, canonicalCurve, optionsOf } from '../../domain/curveSpec.ts'
import { equalData } from '../../domain/equalData.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { Intervention } from '../../domain/interventions.ts'
import { depthStride } from '../../domain/networkSpec.ts'
import { validateSpec } from '../../domain/validateSpec.ts'
import { curveWithDepth, withNetworks } from './editSpec.ts'

// Edits of the list of networks. All pure: the controller validates the result.

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
