import * as v from 'valibot'
import { curvesSchema } from './curveSchema.ts'
import { backendChoices, datasetSources, schedules } from './experimentSpec.ts'
import { imageSizes, limits, widths } from './limits.ts'
import { oneOf, quoted, realNumber, recordMessage, wholeNumber } from './schemaParts.ts'

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
