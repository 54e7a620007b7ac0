import * as v from 'valibot'
import { curveProblem } from './curveProblem.ts'
import { type CurveSpec, canonicalCurve } from './curveSpec.ts'
import { depthProblem } from './depthProblem.ts'
import { equalData } from './equalData.ts'
import { limits } from './limits.ts'
import { activationOrders, blockTypes, initialisations, shortcutTypes } from './networkSpec.ts'
import { oneOf, quoted, realNumber, recordMessage, wholeNumber } from './schemaParts.ts'

const { stages, blocksInStage, scale, gateBias, dropRate } = limits

const scaleSchema = (name: string) =>
  realNumber(
    name,
    (value) => value > scale.min && value <= scale.max,
    `above ${scale.min} and at most ${scale.max}`,
  )

const stageCount = `A network has ${stages.min} to ${stages.max} stages`
const stagesSchema = v.pipe(
  v.array(
    wholeNumber('The number of blocks in a stage', blocksInStage),
    `${stageCount}, in a list of their blocks.`,
  ),
  v.minLength(stages.min, ({ received }) => `${stageCount}, not ${received}.`),
  v.maxLength(stages.max, ({ received }) => `${stageCount}, not ${received}.`),
  v.readonly(),
)

const curveEntries = {
  depth: v.custom<number>(
    (value) => typeof value === 'number' && Number.isFinite(value),
    ({ input }) => `Depth must be a number of layers, not ${quoted(input)}.`,
  ),
  shortcut: oneOf('The shortcut', shortcutTypes),
  stages: v.exactOptional(stagesSchema),
  block: v.exactOptional(oneOf('The block', blockTypes)),
  order: v.exactOptional(oneOf('The order', activationOrders)),
  batchNorm: v.exactOptional(v.boolean(({ input }) => `Batch norm must be on or off, not ${quoted(input)}.`)),
  initialisation: v.exactOptional(oneOf('The initialisation', initialisations)),
  cardinality: v.exactOptional(wholeNumber('Cardinality', limits.cardinality)),
  groupWidth: v.exactOptional(wholeNumber('The width of a group', limits.groupWidth)),
  residualScale: v.exactOptional(scaleSchema('The factor of F')),
  shortcutScale: v.exactOptional(scaleSchema('The factor of the shortcut')),
  gateBias: v.exactOptional(
    realNumber(
      'The initial bias of the gates',
      (bias) => bias >= gateBias.min && bias <= gateBias.max,
      `from ${gateBias.min} to ${gateBias.max}`,
    ),
  ),
  dropRate: v.exactOptional(
    realNumber(
      'The dropout rate',
      (rate) => rate >= dropRate.min && rate < dropRate.max,
      `at least ${dropRate.min} and below ${dropRate.max}`,
    ),
  ),
}

/** One curve; what comes out is canonical, so that equal networks are equal data. */
export const curveSchema = v.pipe(
  v.strictObject(curveEntries, recordMessage('A network')),
  v.rawCheck<CurveSpec>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const message of [depthProblem(dataset.value), curveProblem(dataset.value)])
      if (message !== null) addIssue({ message })
  }),
  v.transform(canonicalCurve),
)

const networkCount = `An experiment has ${limits.networks.min} to ${limits.networks.max} networks`
export const curvesSchema = v.pipe(
  v.array(curveSchema, `${networkCount}, in a list.`),
  v.minLength(limits.networks.min, ({ received }) => `${networkCount}, not ${received}.`),
  v.maxLength(limits.networks.max, ({ received }) => `${networkCount}, not ${received}.`),
  v.check(
    (curves) => curves.every((curve, i) => !curves.slice(0, i).some((other) => equalData(curve, other))),
    'Two networks are the same; each curve must differ from the others in something.',
  ),
  v.readonly(),
)
