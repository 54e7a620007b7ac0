import { costOf } from '../../domain/cost.ts'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'

/** How fast this device went, operations per second, over so many steps of a run; null where too little is known to say. */
export const measuredSpeed = (spec: ExperimentSpec, steps: number, seconds: number): number | null =>
  steps < 5 || seconds < 0.5 ? null : (costOf(spec).stepFlops * steps) / seconds
