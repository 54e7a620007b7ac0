import * as v from 'valibot'
import { backendChoices, datasetSources, schedules } from './experimentSpec.ts'
import { imageSizes, limits, type Range, widths } from './limits.ts'
import { blocksInEvenStage, nearestDepths, shortcutTypes } from './networkSpec.ts'

/** Input as a person may read it, short: a link can hold a megabyte. */
export const quoted = (value: unknown): string => {
  const text = textOf(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value)
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

const orList = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

const wholeNumber = (name: string, { min, max }: Range) =>
  v.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
    ({ input }) => `${name} must be a whole number from ${min} to ${max}, not ${quoted(input)}.`,
  )

const realNumber = (name: string, accepts: (value: number) => boolean, rule: string) =>
  v.custom<number>(
    (value) => typeof value === 'number' && Number.isFinite(value) && accepts(value),
    ({ input }) => `${name} must be ${rule}, not ${quoted(input)}.`,
  )

const oneOf = <const Options extends readonly (string | number)[]>(name: string, options: Options) =>
  v.picklist(options, ({ input }) => `${name} must be ${orList(options)}, not ${quoted(input)}.`)

/** Sentences for a record of the wrong form: not a record, a part missing, or a part that nobody knows. */
const recordMessage =
  (name: string) =>
  (issue: v.StrictObjectIssue): string => {
    const key = issue.path?.at(-1)?.key
    if (key === undefined) return `${name} must be a record of settings, not ${quoted(issue.input)}.`
    return issue.expected === 'never'
      ? `${name} has no setting called ${quoted(key)}.`
      : `${name} lacks the setting "${String(key)}".`
  }

const isDepth = (value: unknown): boolean =>
  typeof value === 'number' &&
  Number.isInteger(blocksInEvenStage('basic', value)) &&
  value >= limits.depth.min &&
  value <= limits.depth.max

const depthMessage = (input: unknown): string => {
  const { min, max } = limits.depth
  const rule = `Depth must be of the form 6n + 2, from ${min} to ${max}`
  if (typeof input !== 'number' || !Number.isFinite(input)) return `${rule}, not ${quoted(input)}.`
  if (input < min || input > max) return `${rule}; ${input} is outside.`
  const [below, above] = nearestDepths('basic', input)
  return `${rule}; the nearest to ${input} are ${below} and ${above}.`
}

export const curveSchema = v.strictObject(
  {
    depth: v.custom<number>(isDepth, ({ input }) => depthMessage(input)),
    shortcut: oneOf('The shortcut', shortcutTypes),
  },
  recordMessage('A network'),
)

const networkCount = `An experiment has ${limits.networks.min} to ${limits.networks.max} networks`
export const curvesSchema = v.pipe(
  v.array(curveSchema, `${networkCount}, in a list.`),
  v.minLength(limits.networks.min, ({ received }) => `${networkCount}, not ${received}.`),
  v.maxLength(limits.networks.max, ({ received }) => `${networkCount}, not ${received}.`),
  v.check(
    (curves) => new Set(curves.map(({ depth, shortcut }) => `${depth}${shortcut}`)).size === curves.length,
    'Two networks are the same; each curve must differ in depth or shortcut.',
  ),
  v.readonly(),
)

export const datasetSchema = v.strictObject(
  {
    source: oneOf('The data set', datasetSources),
    imageSize: oneOf('The image size', imageSizes),
    trainingImages: wholeNumber('The number of training images', limits.trainingImages),
    validationImages: wholeNumber('The number of validation images', limits.validationImages),
    augment: v.boolean(({ input }) => `Augmentation must be on or off, not ${quoted(input)}.`),
  },
  recordMessage('The data set'),
)

export const learningRateSchema = realNumber(
  'The learning rate',
  (rate) => rate > limits.learningRate.min && rate <= limits.learningRate.max,
  `above ${limits.learningRate.min} and at most ${limits.learningRate.max}`,
)

export const recipeSchema = v.strictObject(
  {
    batchSize: wholeNumber('Batch size', limits.batchSize),
    steps: wholeNumber('The number of steps', limits.steps),
    learningRate: learningRateSchema,
    momentum: realNumber(
      'Momentum',
      (momentum) => momentum >= limits.momentum.min && momentum < limits.momentum.max,
      `at least ${limits.momentum.min} and below ${limits.momentum.max}`,
    ),
    weightDecay: realNumber(
      'Weight decay',
      (decay) => decay >= limits.weightDecay.min && decay <= limits.weightDecay.max,
      `from ${limits.weightDecay.min} to ${limits.weightDecay.max}`,
    ),
    warmupSteps: wholeNumber('The number of warm-up steps', limits.warmupSteps),
    schedule: oneOf('The schedule', schedules),
  },
  recordMessage('The recipe'),
)

const lastNetwork = { min: 0, max: limits.networks.max - 1 }
const lastBlock = { min: 0, max: limits.depth.max / 2 - 1 }
const lastStep = { min: 0, max: limits.steps.max - 1 }

const blocksSchema = v.union(
  [
    v.literal('all'),
    v.pipe(
      v.array(wholeNumber('A block', lastBlock)),
      v.minLength(1, 'A switch needs at least one block.'),
      v.transform((blocks) => [...new Set(blocks)].sort((a, b) => a - b)),
      v.readonly(),
    ),
  ],
  `The blocks of a switch must be "all" or a list of block numbers, at least one.`,
)

export const interventionSchema = v.variant(
  'kind',
  [
    v.strictObject(
      {
        kind: v.literal('shortcuts'),
        step: wholeNumber('The step of a switch', lastStep),
        network: wholeNumber('The network of a switch', lastNetwork),
        blocks: blocksSchema,
        to: oneOf('What a switch goes to', [0, 1] as const),
        overSteps: wholeNumber('The steps of a fade', limits.fadeSteps),
      },
      recordMessage('A switch'),
    ),
    v.strictObject(
      {
        kind: v.literal('learningRate'),
        step: wholeNumber('The step of a change of the learning rate', lastStep),
        to: learningRateSchema,
      },
      recordMessage('A change of the learning rate'),
    ),
  ],
  'A change in mid-experiment must be of the kind "shortcuts" or "learningRate".',
)

export const interventionsSchema = v.pipe(
  v.array(interventionSchema, 'Changes in mid-experiment must be a list.'),
  v.maxLength(
    limits.interventions.max,
    `An experiment has at most ${limits.interventions.max} changes made in advance.`,
  ),
  // A stable sort: changes at one step stay in the order in which they were made.
  v.transform((interventions) => [...interventions].sort((a, b) => a.step - b.step)),
  v.readonly(),
)

/** Form and ranges of an experiment, each part by itself; `validateSpec` also checks how the parts go together. */
export const experimentSchema = v.strictObject(
  {
    dataset: datasetSchema,
    networks: curvesSchema,
    width: oneOf('The width', widths),
    recipe: recipeSchema,
    evaluateEvery: wholeNumber('The number of steps between evaluations', limits.evaluateEvery),
    seed: wholeNumber('The seed', limits.seed),
    interventions: interventionsSchema,
    backend: oneOf('The backend', backendChoices),
  },
  recordMessage('The experiment'),
)
