import type { ImageSet } from '../../datasets/dataset.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { parametersOf, sizeOf, type TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { Batch, ExecutorRequest } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import type { Fixture, Toggle } from './fixture.ts'
import { type Comparison, relativeError, type WorstError, worstOf } from './relativeError.ts'
import { BadFixture } from './safetensors.ts'

/** Worst relative error of each kind of result. */
export interface ParityErrors {
  readonly losses: WorstError
  /** Of step 0 in training mode, and of the first batch in evaluation mode after the last step. */
  readonly logits: WorstError
  readonly gradients: WorstError
  readonly parameters: WorstError
  readonly statistics: WorstError
}

/** An engine in float32 passes with at most this much on what one step computes, and on what the last step leaves. */
export const parityBounds: Readonly<Record<keyof ParityErrors, number>> = {
  losses: 1e-3,
  logits: 1e-3,
  gradients: 1e-3,
  parameters: 2e-3,
  statistics: 2e-3,
}

export type CreateExecutor = (request: ExecutorRequest) => Promise<InspectableExecutor>

/** Trains the fixture's network on its batches by the executor that trains in the lab, and compares all that it left. */
export const runFixture = async (fixture: Fixture, createExecutor: CreateExecutor): Promise<ParityErrors> => {
  const plan = planLayers(fixture.spec)
  const expectedCount = parametersOf(plan).reduce((total, { shape }) => total + sizeOf(shape), 0)
  if (expectedCount !== fixture.parameters)
    throw new BadFixture(
      `It was trained with ${fixture.parameters} parameters, and its network has ${expectedCount} here.`,
    )
  const images = imagesOf(fixture)
  const executor = await createExecutor({
    plans: [plan],
    initial: [initialOf(fixture, plan)],
    training: images,
    validation: images,
  })
  try {
    return await compare(fixture, plan, executor)
  } finally {
    executor.dispose()
  }
}

const compare = async (
  fixture: Fixture,
  plan: NetworkPlan,
  executor: InspectableExecutor,
): Promise<ParityErrors> => {
  const { steps, learningRate, momentum, weightDecay } = fixture
  const first = batchOf(fixture, 0)
  const before = await executor.readGradients(0, first, strengthsBefore(fixture.toggles, 0, plan))

  for (let step = 0; step < steps; step++) {
    const shortcutStrengths = [strengthsBefore(fixture.toggles, step, plan)]
    const controls = { learningRate, momentum, weightDecay, shortcutStrengths, dropoutKey: step }
    await executor.step(batchOf(fixture, step), controls)
  }
  const losses = (await executor.readMeasurements()).map(([network]) => network?.loss ?? Number.NaN)
  const after = await executor.readState(0)
  const evaluationLogits = await executor.readLogits(
    0,
    first,
    strengthsBefore(fixture.toggles, Math.max(0, steps - 1), plan),
  )

  const expected = (name: string): ArrayLike<number> => valuesOf(fixture, name)
  const named = (prefix: string, values: TensorValues): readonly Comparison[] =>
    [...values].map(([name, actual]) => ({ name, actual, expected: expected(`${prefix}.${name}`) }))
  const logits = [{ name: 'eval.logits', actual: evaluationLogits, expected: expected('eval.logits') }]
  if (steps === 0)
    return { losses: none, logits: worstAlone(logits), gradients: none, parameters: none, statistics: none }
  logits.push({ name: 'train.logits', actual: before.logits, expected: expected('train.logits') })
  return {
    losses: worstAlone([{ name: 'losses', actual: Float32Array.from(losses), expected: expected('losses') }]),
    logits: worstAlone(logits),
    gradients: worstOf(named('grad', before.gradients)),
    parameters: worstOf(named('final', after.parameters)),
    statistics: worstOf(named('final', after.statistics)),
  }
}

const none: WorstError = { error: 0, name: '' }

/** Losses and logits are each measured against their own largest value. */
const worstAlone = (comparisons: readonly Comparison[]): WorstError =>
  comparisons.reduce<WorstError>((worst, comparison) => {
    const error = relativeError(comparison)
    return error > worst.error ? { error, name: comparison.name } : worst
  }, none)

const imagesOf = ({ images, labels, spec }: Fixture): ImageSet => ({
  images,
  labels,
  count: labels.length,
  side: spec.imageSize,
  channels: spec.channels,
})

const batchOf = ({ batchSize }: Fixture, step: number): Batch => ({
  indices: Int32Array.from({ length: batchSize }, (_, position) => step * batchSize + position),
  augmentation: null,
})

const initialOf = (fixture: Fixture, plan: NetworkPlan): TensorValues =>
  new Map(
    parametersOf(plan).map(({ name, shape }) => {
      const values = valuesOf(fixture, `init.${name}`)
      if (values.length !== sizeOf(shape))
        throw new BadFixture(
          `Its tensor init.${name} has ${values.length} values in place of ${sizeOf(shape)}.`,
        )
      return [name, Float32Array.from(values)]
    }),
  )

const valuesOf = ({ tensors }: Fixture, name: string): Float32Array | Int32Array => {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new BadFixture(`It has no tensor ${name}.`)
  return tensor.values
}

/** Strength of each block's shortcut while this step is trained: on at first, then as the toggles up to it say. */
export const strengthsBefore = (
  toggles: readonly Toggle[],
  step: number,
  plan: NetworkPlan,
): readonly number[] =>
  plan.blocks.map(({ index }) =>
    toggles
      .filter((toggle) => toggle.step <= step && (toggle.blocks === 'all' || toggle.blocks.includes(index)))
      .reduce((_, { enabled }) => (enabled ? 1 : 0), 1),
  )
