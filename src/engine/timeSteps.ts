import type { ImageSet } from '../datasets/dataset.ts'
import type { NetworkPlan } from '../domain/networkPlan.ts'
import { randomStream } from '../domain/random.ts'
import type { Batch, Executor, StepControls } from './executor.ts'

/** Steps that are timed, after one that is not: whatever is compiled is compiled in the first. */
const timedSteps = 3

/** One batch of noise for these networks, to be timed on. */
export const noiseFor = ({ spec }: NetworkPlan, batchSize: number): ImageSet => {
  const { imageSize: side, channels, classes } = spec
  const stream = randomStream(1, 'noise')
  return {
    images: Float32Array.from({ length: batchSize * side * side * channels }, () => stream.normal()),
    labels: Int32Array.from({ length: batchSize }, () => stream.integer(classes)),
    count: batchSize,
    side,
    channels,
  }
}

/** Milliseconds that a training step of all networks takes, the wait for what it measured included; over a few steps. */
export const timeSteps = async (
  executor: Executor,
  batchSize: number,
  clock: () => number,
): Promise<number> => {
  const batch: Batch = {
    indices: Int32Array.from({ length: batchSize }, (_, index) => index),
    augmentation: null,
  }
  // A rate of 0: the networks are timed, not trained.
  const controls: StepControls = {
    learningRate: 0,
    momentum: 0,
    weightDecay: 0,
    shortcutStrengths: executor.plans.map(({ blocks }) => blocks.map(() => 1)),
    dropoutKey: 1,
  }
  await executor.step(batch, controls)
  await executor.readMeasurements()
  const start = clock()
  for (let step = 0; step < timedSteps; step++) await executor.step(batch, controls)
  await executor.readMeasurements()
  return (clock() - start) / timedSteps
}
