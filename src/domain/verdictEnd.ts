import { errorEstimate, lastMinibatches, type ShortcutChange } from './comparison.ts'
import { curveLabel } from './curveLabel.ts'
import type { VerdictContext } from './verdictContext.ts'
import { percentText, stepsText } from './verdictWords.ts'

/** How the run went on after a switch, and how it ended where that was not at its last step; empty where there is nothing to tell. */
export const endText = (context: VerdictContext): string => {
  const { run, taken, isCut, horizon, changes } = context
  const sentences = changes.map((change) => changeText(context, change))
  if (isCut && horizon > 0) sentences.push('The comparison ends where it was switched.')
  if ((run.status === 'stopped' || run.status === 'failed') && taken < run.spec.recipe.steps)
    sentences.push(`The run ended after ${taken} of ${stepsText(run.spec.recipe.steps)}.`)
  return sentences.join(' ')
}

const changeText = (
  { run, taken }: VerdictContext,
  { network, step, to, isPartial, overSteps }: ShortcutChange,
): string => {
  const curve = run.spec.networks[network]
  const name = `network ${network + 1}${curve === undefined ? '' : ` (${curveLabel(curve)})`}`
  const when = step === 0 ? 'From the start' : `After ${stepsText(step)}`
  const which = isPartial ? 'some shortcuts' : 'the shortcuts'
  const fade = overSteps > 0 ? `, over ${stepsText(overSteps)}` : ''
  const now = errorEstimate(lastMinibatches(run.steps, taken), network).mean
  const done = `${when} ${which} of ${name} were switched ${to === 1 ? 'on' : 'off'}${fade}`
  return `${done}; after ${stepsText(taken)} it is at ${percentText(now)}.`
}
