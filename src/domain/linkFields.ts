import * as v from 'valibot'
import { curvesSchema } from './curveSchema.ts'
import { equalData } from './equalData.ts'
import {
  datasetSchema,
  experimentSchema,
  interventionSchema,
  interventionsSchema,
  recipeSchema,
} from './experimentSchema.ts'
import type { DatasetSpec, ExperimentSpec, Recipe } from './experimentSpec.ts'
import type { Intervention } from './interventions.ts'
import { idleNumber, readCurves, writeCurves } from './linkCurves.ts'
import { readIntervention, writeIntervention } from './linkInterventions.ts'
import { strictNumber } from './strictNumber.ts'

/** What a field's text made of the experiment, and sentences about what was not understood; the rest was taken. */
export interface FieldReading {
  readonly spec: ExperimentSpec
  readonly notices: readonly string[]
}

/** One key of a link. */
export interface LinkField {
  readonly key: string
  /** The text that makes `preset` into `spec` as far as this field goes; null where they agree. */
  readonly write: (spec: ExperimentSpec, preset: ExperimentSpec) => string | null
  readonly read: (text: string, spec: ExperimentSpec) => FieldReading
}

/** Text for a sentence: a link can hold control characters and a megabyte. */
export const shortened = (text: string): string => {
  const printable = Array.from(text.slice(0, 80), (letter) => (letter < ' ' ? '�' : letter))
  return printable.length > 40 ? `${printable.slice(0, 39).join('')}…` : printable.join('')
}

const leftOut = (key: string, text: string, why: string): string =>
  `The link's ${key}=${shortened(text)} was left out. ${why}`

/** A field with one value: where it is in the experiment, how it is put there, what it may be, and how its text is read. */
const field = <Value>(
  key: string,
  schema: v.GenericSchema<unknown, Value>,
  read: (text: string) => unknown,
  get: (spec: ExperimentSpec) => Value,
  set: (spec: ExperimentSpec, value: Value) => ExperimentSpec,
  write: (value: Value) => string = String,
): LinkField => ({
  key,
  write: (spec, preset) => (equalData(get(spec), get(preset)) ? null : write(get(spec))),
  read(text, spec) {
    const result = v.safeParse(schema, read(text))
    return result.success
      ? { spec: set(spec, result.output), notices: [] }
      : { spec, notices: [leftOut(key, text, result.issues[0].message)] }
  },
})

const asText = (text: string): unknown => text
const asNumber = (text: string): unknown => strictNumber(text) ?? text
const asSwitch = (text: string): unknown => (text === '1' ? true : text === '0' ? false : text)

const withDataset = (spec: ExperimentSpec, change: Partial<DatasetSpec>): ExperimentSpec => ({
  ...spec,
  dataset: { ...spec.dataset, ...change },
})
const withRecipe = (spec: ExperimentSpec, change: Partial<Recipe>): ExperimentSpec => ({
  ...spec,
  recipe: { ...spec.recipe, ...change },
})

const data = datasetSchema.entries
const recipe = recipeSchema.entries
const whole = experimentSchema.entries

/** The networks are taken all or none: without one of them it would be another experiment. */
const networksField: LinkField = {
  key: 'nets',
  write: ({ networks }, preset) => (equalData(networks, preset.networks) ? null : writeCurves(networks)),
  read(text, spec) {
    const reading = readCurves(text)
    if (!reading.ok) return { spec, notices: [leftOut('nets', text, reading.sentence)] }
    const result = v.safeParse(curvesSchema, reading.curves)
    if (!result.success) return { spec, notices: [leftOut('nets', text, result.issues[0].message)] }
    const networks = result.output
    const idle = networks
      .map((curve, i) => idleNumber(reading.curves[i] ?? {}, curve))
      .find((one) => one !== null)
    return idle == null
      ? { spec: { ...spec, networks }, notices: [] }
      : { spec, notices: [leftOut('nets', text, idle)] }
  },
}

/** Changes in mid-experiment are read one by one: a broken one does not take the others with it. */
const interventionsField: LinkField = {
  key: 'do',
  write: ({ interventions }, preset) =>
    equalData(interventions, preset.interventions) ? null : interventions.map(writeIntervention).join(';'),
  read(text, spec) {
    const interventions: Intervention[] = []
    const notices: string[] = []
    for (const part of text === '' ? [] : text.split(';')) {
      const result = v.safeParse(interventionSchema, readIntervention(part))
      if (result.success) interventions.push(result.output)
      else notices.push(leftOut('do', part, 'A change is written like 300:off:3:all:100 or 300:rate:0.01.'))
    }
    const all = v.safeParse(interventionsSchema, interventions)
    return all.success
      ? { spec: { ...spec, interventions: all.output }, notices }
      : { spec, notices: [...notices, leftOut('do', text, all.issues[0].message)] }
  },
}

/** Every key of a link after `v` and `preset`, in the order in which they are written. */
export const linkFields: readonly LinkField[] = [
  field(
    'data',
    data.source,
    asText,
    (spec) => spec.dataset.source,
    (spec, source) => withDataset(spec, { source }),
  ),
  field(
    'size',
    data.imageSize,
    asNumber,
    (spec) => spec.dataset.imageSize,
    (spec, imageSize) => withDataset(spec, { imageSize }),
  ),
  field(
    'images',
    data.trainingImages,
    asNumber,
    (spec) => spec.dataset.trainingImages,
    (spec, trainingImages) => withDataset(spec, { trainingImages }),
  ),
  field(
    'validation',
    data.validationImages,
    asNumber,
    (spec) => spec.dataset.validationImages,
    (spec, validationImages) => withDataset(spec, { validationImages }),
  ),
  field(
    'augment',
    data.augment,
    asSwitch,
    (spec) => spec.dataset.augment,
    (spec, augment) => withDataset(spec, { augment }),
    (augment) => (augment ? '1' : '0'),
  ),
  networksField,
  field(
    'width',
    whole.width,
    asNumber,
    (spec) => spec.width,
    (spec, width) => ({ ...spec, width }),
  ),
  field(
    'batch',
    recipe.batchSize,
    asNumber,
    (spec) => spec.recipe.batchSize,
    (spec, batchSize) => withRecipe(spec, { batchSize }),
  ),
  field(
    'steps',
    recipe.steps,
    asNumber,
    (spec) => spec.recipe.steps,
    (spec, steps) => withRecipe(spec, { steps }),
  ),
  field(
    'rate',
    recipe.learningRate,
    asNumber,
    (spec) => spec.recipe.learningRate,
    (spec, learningRate) => withRecipe(spec, { learningRate }),
  ),
  field(
    'momentum',
    recipe.momentum,
    asNumber,
    (spec) => spec.recipe.momentum,
    (spec, momentum) => withRecipe(spec, { momentum }),
  ),
  field(
    'decay',
    recipe.weightDecay,
    asNumber,
    (spec) => spec.recipe.weightDecay,
    (spec, weightDecay) => withRecipe(spec, { weightDecay }),
  ),
  field(
    'warmup',
    recipe.warmupSteps,
    asNumber,
    (spec) => spec.recipe.warmupSteps,
    (spec, warmupSteps) => withRecipe(spec, { warmupSteps }),
  ),
  field(
    'schedule',
    recipe.schedule,
    asText,
    (spec) => spec.recipe.schedule,
    (spec, schedule) => withRecipe(spec, { schedule }),
  ),
  field(
    'every',
    whole.evaluateEvery,
    asNumber,
    (spec) => spec.evaluateEvery,
    (spec, evaluateEvery) => ({ ...spec, evaluateEvery }),
  ),
  field(
    'seed',
    whole.seed,
    asNumber,
    (spec) => spec.seed,
    (spec, seed) => ({ ...spec, seed }),
  ),
  field(
    'backend',
    whole.backend,
    asText,
    (spec) => spec.backend,
    (spec, backend) => ({ ...spec, backend }),
  ),
  interventionsField,
]
