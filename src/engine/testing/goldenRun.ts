import type { Dataset } from '../../datasets/dataset.ts'
import { loadDataset } from '../../datasets/loadDataset.ts'
import { type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { presetNamed } from '../../domain/presets.ts'
import type { Executor, ExecutorRequest } from '../executor.ts'
import { createPauseGate } from '../loop/pauseGate.ts'
import { createRunControl } from '../loop/runControl.ts'
import { runExperiment } from '../loop/runExperiment.ts'
import { createAliveGuard } from '../loop/whileAlive.ts'

const { spec: whole } = presetNamed('default')

/**
 * The default experiment on fewer images, for a few steps: with an evaluation in their midst, a shortcut that is switched on at once and
 * another that fades out; and the same with images that are moved and mirrored.
 */
const shortSpec: ExperimentSpec = {
  ...whole,
  dataset: { ...whole.dataset, trainingImages: 400, validationImages: 100 },
  recipe: { ...whole.recipe, steps: 16, warmupSteps: 4 },
  evaluateEvery: 8,
  interventions: [
    { kind: 'shortcuts', step: 4, network: 1, blocks: 'all', to: 1, overSteps: 0 },
    { kind: 'shortcuts', step: 9, network: 2, blocks: [0, 3, 9], to: 0, overSteps: 4 },
  ],
}

export const goldenSpecs = {
  default: shortSpec,
  augmented: { ...shortSpec, dataset: { ...shortSpec.dataset, augment: true } },
} as const satisfies Readonly<Record<string, ExperimentSpec>>

let loaded: Promise<Dataset> | null = null
/** The same images for all. */
const datasetOf = async (): Promise<Dataset> => {
  const result = await loadDataset(shortSpec.dataset, shortSpec.seed, null, async () => {})
  if (!result.ok) throw new Error(result.sentence)
  return result.dataset
}

/** Digest of the final weights of a golden experiment on some executor. */
export const goldenRun = async (
  name: keyof typeof goldenSpecs,
  createExecutor: (request: ExecutorRequest) => Promise<Executor>,
): Promise<string> => {
  const spec: ExperimentSpec = goldenSpecs[name]
  loaded ??= datasetOf()
  const dataset = await loaded
  const { training, validation } = dataset
  const plans = spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve)))
  const initial = plans.map((plan) => initialParameters(plan, spec.seed))
  const executor = await createExecutor({ plans, initial, training, validation })
  const control = createRunControl(false)
  const guard = createAliveGuard({ isLost: () => false, onLost: () => () => {} })
  const quiet = () => {}
  let time = 0
  try {
    const outcome = await runExperiment({
      spec,
      executor,
      dataset,
      control,
      gate: createPauseGate(control, async () => {}),
      guard,
      // Time of its own: what is measured when must not matter.
      clock: () => time++,
      report: {
        started: quiet,
        firstStep: quiet,
        points: quiet,
        intervened: quiet,
        paused: quiet,
        resumed: quiet,
      },
    })
    if (outcome.kind !== 'finished') throw new Error('The run did not finish.')
    return outcome.weightsDigest
  } finally {
    guard.end()
    executor.dispose()
  }
}
