import { chanceError, hasLearned } from './comparison.ts'
import { curveLabel } from './curveLabel.ts'
import { type Contestant, errorPart, type VerdictContext } from './verdictContext.ts'
import { ofNetwork, type Verdict, type VerdictPart, verdict, words } from './verdictParts.ts'
import { batchesText, capitalised, percentText, plainText, stepsText, twinText } from './verdictWords.ts'

/** The headline while a run goes on: where the networks are, and no verdict. */
export const liveVerdict = ({ run, taken, points, everyNetwork, ...compared }: VerdictContext): Verdict => {
  const soFar = `After ${taken} of ${stepsText(run.spec.recipe.steps)}`
  if (!everyNetwork.some(({ error }) => hasLearned(error)))
    return verdict(
      'live',
      null,
      [words(`${soFar} no network has learned anything yet.`)],
      [`Guessing among 10 classes is wrong ${percentText(chanceError)} of the time.`],
    )
  const state = run.status === 'paused' ? 'Paused' : 'Still training'
  const honesty = `${state}: training error of the last ${batchesText(points.length)}, no verdict yet.`
  const { plain, reference, twin } = compared
  if (plain === null || (reference === null && twin === null))
    return verdict(
      'live',
      null,
      [words(`${soFar}: `), ...errorParts(everyNetwork), words(' error.')],
      [honesty],
    )

  const parts = [
    words(`${soFar} ${plainText(plain.curve, 'with depth')} is at `),
    errorPart(plain),
    words(' error'),
  ]
  if (twin !== null) parts.push(words(`; ${twinText(plain.curve, twin.curve)} is at `), errorPart(twin))
  const shallow =
    reference === null
      ? ''
      : `${capitalised(plainText(reference.curve, 'with depth'))} is at ${percentText(reference.error.mean)}.`
  return verdict('live', null, [...parts, words('.')], [shallow, honesty])
}

/** Every network by name, each in its colour. */
export const errorParts = (everyNetwork: readonly Contestant[]): readonly VerdictPart[] =>
  everyNetwork.flatMap(({ index, curve, error }) => [
    ...(index === 0 ? [] : [words(', ')]),
    ofNetwork(index, `${curveLabel(curve)} ${percentText(error.mean)}`),
  ])
