import { equalData } from './equalData.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import type { Run } from './run.ts'

/** The experiment as it was carried out: what was switched live stands in it as if it had been planned, so it can be repeated. */
export const performedSpec = ({ spec, marks }: Pick<Run, 'spec' | 'marks'>): ExperimentSpec => {
  const live = marks.flatMap((mark) => (mark.kind === 'intervention' ? [mark.intervention] : []))
  // Planned interventions are marked too when their step comes; each planned one stands for one equal mark.
  const unplanned = [...live]
  for (const planned of spec.interventions) {
    const at = unplanned.findIndex((one) => equalData(one, planned))
    if (at >= 0) unplanned.splice(at, 1)
  }
  if (unplanned.length === 0) return spec
  return {
    ...spec,
    interventions: [...spec.interventions, ...unplanned].sort((a, b) => a.step - b.step),
  }
}
