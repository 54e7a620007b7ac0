import { type ExperimentSpec, trainedNetworkSpecOf } from '../domain/experimentSpec.ts'
import { planLayers } from '../domain/planLayers.ts'
import { yieldToMessages } from '../engine/yieldToMessages.ts'
import type { DatasetCache } from './createDatasetCache.ts'
import type { TrainingDevice } from './trainingDevice.ts'

export interface WarmUpRequest {
  readonly spec: ExperimentSpec
  readonly datasets: DatasetCache
  readonly loadTrainingDevice: () => Promise<TrainingDevice>
  /** Whether another experiment is wanted by now. */
  readonly isOutdated: () => boolean
}

/** Drawing more images than this would keep a visitor's processor busy for seconds, perhaps for nothing. */
const mostImages = 10_000

class Outdated extends Error {}

/** Opens the device and draws the images of an experiment that may be run next. Never throws: the run itself says what is wrong. */
export const warmUp = async ({
  spec,
  datasets,
  loadTrainingDevice,
  isOutdated,
}: WarmUpRequest): Promise<void> => {
  const goOn = async (): Promise<void> => {
    await yieldToMessages()
    if (isOutdated()) throw new Outdated()
  }
  try {
    await goOn()
    const plans = spec.networks.map((curve) => planLayers(trainedNetworkSpecOf(spec, curve)))
    const { batchSize, steps } = spec.recipe
    const device = await loadTrainingDevice()
    await device.warm?.({ choice: spec.backend, plans, batchSize, steps })
    await goOn()
    const { source, trainingImages, validationImages } = spec.dataset
    if (source !== 'cifar10' && trainingImages + validationImages <= mostImages)
      await datasets.load(spec, goOn)
  } catch {
    // Nobody waits for it.
  }
}
