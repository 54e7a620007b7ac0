import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters, type TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { Batch, StepControls } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { rangeIndices, smallImages } from './smallExperiment.ts'
import type { OpenSuite } from './suiteExecutors.ts'

/** Networks of one seed on small noise; they start from `initial` where it is given. */
export const smallExecutor = (
  { create }: Pick<OpenSuite, 'create'>,
  specs: readonly NetworkSpec[],
  seed = 1,
  initial?: readonly TensorValues[],
): Promise<InspectableExecutor> => {
  const plans = specs.map(planLayers)
  const [first] = specs
  if (first === undefined) throw new Error('An executor needs a network.')
  return create({
    plans,
    initial: initial ?? plans.map((plan) => initialParameters(plan, seed)),
    training: smallImages(first),
    validation: smallImages(first, 12, 8),
  })
}

/** Images 8·step … 8·step + 7 of the small training set, from its start again after the third step. */
export const smallBatch = (step: number): Batch => {
  const start = (step % 3) * 8
  return { indices: rangeIndices(start, start + 8), augmentation: null }
}

export const smallControls = (shortcutStrengths: readonly (readonly number[])[]): StepControls => ({
  learningRate: 0.05,
  momentum: 0.9,
  weightDecay: 1e-2,
  shortcutStrengths,
  dropoutKey: 1,
})

/** Every block's shortcut at one strength. */
export const equalStrengths = (spec: NetworkSpec, strength: number): readonly number[] =>
  planLayers(spec).blocks.map(() => strength)
