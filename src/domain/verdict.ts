import { verdictContext } from './verdictContext.ts'
import { divergenceVerdict } from './verdictDivergence.ts'
import { liveVerdict } from './verdictLive.ts'
import type { Verdict, VerdictInput } from './verdictParts.ts'
import { questionVerdict } from './verdictQuestion.ts'
import { settledVerdict } from './verdictSettled.ts'

/**
 * One sentence on training error, computed from the run and never more than it shows. Degradation (He et al. 2015, section 1): the
 * deepest plain network trains to a higher error than the shallowest one, by at least 5 points and 3 standard errors over the last
 * 25 minibatches, once the shallow one has learned something. Judged when the run is over, or up to the step at which shortcuts of a
 * compared network were switched.
 */
export const verdictOf = (run: VerdictInput): Verdict => {
  const diverged = divergenceVerdict(run)
  if (diverged !== null) return diverged
  if (run.steps.length === 0) return questionVerdict(run.spec.networks)
  const context = verdictContext(run)
  const isOver = run.status === 'finished' || run.status === 'stopped' || run.status === 'failed'
  return isOver || context.isCut ? settledVerdict(context) : liveVerdict(context)
}
