import { chanceError, gapEstimate, hasLearned, isClear, leastDeviations } from './comparison.ts'
import { finalMinibatches } from './run.ts'
import { type Contestant, errorPart, saysSomething, type VerdictContext } from './verdictContext.ts'
import { endText } from './verdictEnd.ts'
import { errorParts } from './verdictLive.ts'
import { ofNetwork, type Verdict, type VerdictPart, verdict, words } from './verdictParts.ts'
import { standingText } from './verdictStanding.ts'
import {
  addedText,
  batchesText,
  bothText,
  capitalised,
  errorsText,
  gapText,
  percentText,
  plainText,
  stepsText,
  twinText,
} from './verdictWords.ts'

/** The verdict on a comparison that is over: at the run's end, or at the switch that ended it. */
export const settledVerdict = (context: VerdictContext): Verdict => {
  const { plain, reference, twin, horizon, points, run } = context
  if (!saysSomething(context)) return nothingLearned(context)
  if (plain !== null && reference !== null) {
    if (hasLearned(reference.error)) return judged(context, plain, reference)
    return verdict(
      'no-reference',
      null,
      [
        words(`After ${stepsText(horizon)} the shallow plain network has not learned yet (`),
        errorPart(reference),
        words('): this run cannot say whether depth made it worse.'),
      ],
      [
        `Training error: ${errorsText(run.spec.networks, points)}; 1 seed.`,
        'Train for more steps.',
        endText(context),
      ],
    )
  }
  if (plain !== null && twin !== null) return pair(context, plain, twin)
  const why =
    plain === null ? 'Degradation is about plain networks, and this experiment has none.' : needsAnotherDepth
  return verdict(
    'no-reference',
    null,
    [words(`After ${stepsText(horizon)}: `), ...errorParts(context.everyNetwork), words(' training error.')],
    [standingText(context), why, endText(context)],
  )
}

const needsAnotherDepth =
  'Degradation is a deep plain network training worse than a shallower one: add a plain network of another depth, otherwise the same, to see it.'

const nothingLearned = (context: VerdictContext): Verdict => {
  const { horizon, isCut, points, everyNetwork, run } = context
  const learned = everyNetwork.some(({ error }) => hasLearned(error))
  const when = `After ${stepsText(horizon)}`
  const headline = learned
    ? `${when} it is too early to compare the networks: this run shows nothing yet.`
    : !isCut
      ? `${when} no network has learned anything yet: this run shows nothing.`
      : horizon === 0
        ? 'Shortcuts were switched from the start, so this run shows nothing about depth.'
        : `${when}, when shortcuts were switched, no network had learned anything: this run shows nothing about depth.`
  const values =
    points.length === 0
      ? ''
      : `Training error of the last ${batchesText(points.length)}: ${errorsText(run.spec.networks, points)}.`
  const chance =
    learned || isCut ? '' : `Guessing is wrong ${percentText(chanceError)} of the time; train for more steps.`
  const early = learned ? `A verdict needs ${finalMinibatches} batches; train for more steps.` : ''
  return verdict('nothing-learned', null, [words(headline)], [values, chance, early, endText(context)])
}

/** The plain network and its twin, as the headline tells them. */
const twinParts = (context: VerdictContext, plain: Contestant, twin: Contestant): readonly VerdictPart[] => {
  const { isCut, horizon, points, run } = context
  const gap = gapEstimate(points, plain.index, twin.index)
  const isWorse = isClear(gap) && gap.mean < 0
  const isBetter = isClear(gap) && gap.mean > 0
  const isWhole = !isCut && horizon === run.spec.recipe.steps
  const is = isCut ? 'was at' : 'is at'
  const start = isWhole
    ? `At ${plain.curve.depth} layers ${plainText(plain.curve, 'without depth')} trains to `
    : `After ${stepsText(horizon)} ${plainText(plain.curve, 'with depth')} ${is} `
  const worse = isCut ? 'did worse:' : 'does worse:'
  const verb = isWorse ? worse : isWhole && isBetter ? 'reaches' : is
  return [
    words(start),
    errorPart(plain),
    words(` error; ${twinText(plain.curve, twin.curve)} ${verb} `),
    errorPart(twin),
    words('.'),
  ]
}

const pair = (context: VerdictContext, plain: Contestant, twin: Contestant): Verdict => {
  const { points, horizon } = context
  const gap = gapEstimate(points, plain.index, twin.index)
  const isApart = isClear(gap)
  const alike = [
    words(`After ${stepsText(horizon)} ${bothText(plain.curve, twin.curve)} cannot be told apart: `),
    errorPart(plain),
    words(' and '),
    errorPart(twin),
    words(' training error.'),
  ]
  return verdict('no-reference', null, isApart ? twinParts(context, plain, twin) : alike, [
    isApart
      ? `After ${stepsText(horizon)} the gap is ${gapText(gap)}; 1 seed.`
      : `The gap of ${gapText(gap)} is too small to call; 1 seed.`,
    needsAnotherDepth,
    endText(context),
  ])
}

const judged = (context: VerdictContext, plain: Contestant, reference: Contestant): Verdict => {
  const { points, horizon, isCut, twin } = context
  const gap = gapEstimate(points, plain.index, reference.index)
  const after = stepsText(horizon)
  const is = isCut ? 'was' : 'is'
  if (isClear(gap) && gap.mean > 0) {
    const plainOnly = [
      words(`After ${after} ${plainText(plain.curve, 'with depth')} ${is} at `),
      errorPart(plain),
      words(` training error, the one of ${reference.curve.depth} at `),
      errorPart(reference),
      words('.'),
    ]
    const shallow = `The shallow plain network ${is} at ${percentText(reference.error.mean)} after the same ${after}`
    return verdict('degradation', true, twin === null ? plainOnly : twinParts(context, plain, twin), [
      `${shallow}: adding layers made training worse, by ${gapText(gap)}.`,
      twin === null || helps(context, plain, twin)
        ? ''
        : `Here ${addedText(plain.curve, twin.curve)} did not clearly help.`,
      'Degradation, 1 seed.',
      endText(context),
    ])
  }
  const isBetter = isClear(gap)
  const parts = [
    words(
      isBetter
        ? `After ${after} the deeper plain network ${is} better, not worse: `
        : `Degradation is not shown in this run: after ${after} `,
    ),
    ofNetwork(plain.index, `${plain.curve.depth} plain layers`),
    words(isCut ? ' were at ' : ' are at '),
    errorPart(plain),
    words(' training error, '),
    ofNetwork(reference.index, String(reference.curve.depth)),
    words(' at '),
    errorPart(reference),
    words('.'),
  ]
  const isInside = Math.abs(gap.mean) < leastDeviations * gap.standardError
  const size = isBetter
    ? `It is lower by ${gapText(gap)}.`
    : isInside
      ? `The gap of ${gapText(gap)} is inside the spread.`
      : `The gap is only ${gapText(gap)}.`
  const other =
    twin === null
      ? ''
      : `${capitalised(twinText(plain.curve, twin.curve))} ${is} at ${percentText(twin.error.mean)}.`
  return verdict('not-shown', false, parts, [size, other, 'Not shown, 1 seed.', endText(context)])
}

const helps = ({ points }: VerdictContext, plain: Contestant, twin: Contestant): boolean => {
  const gap = gapEstimate(points, plain.index, twin.index)
  return isClear(gap) && gap.mean > 0
}
