import { optionsOf } from '../../domain/curveSpec.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { NetworkOptions } from '../../domain/networkSpec.ts'

/** What all networks have of an option; null where they differ. */
export const commonOption = <Name extends keyof NetworkOptions>(
  { networks }: ExperimentSpec,
  name: Name,
): NetworkOptions[Name] | null => {
  const [first, ...others] = networks.map((curve) => optionsOf(curve)[name])
  return first !== undefined && others.every((value) => value === first) ? first : null
}
