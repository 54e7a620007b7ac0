import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { encodeLink } from '../domain/link.ts'
import { presets } from '../domain/presets.ts'

/** The link's hash, without `#`, from the preset that is nearest: a run does not know from which it was set up. */
export const shortestLink = (spec: ExperimentSpec): string =>
  presets
    .map(({ name }) => encodeLink(name, spec))
    .reduce((shortest, link) => (link.length < shortest.length ? link : shortest))
