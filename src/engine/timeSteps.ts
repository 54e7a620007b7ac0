import type { ImageSet } from '../datasets/dataset.ts'
import type { NetworkPlan } from '../domain/networkPlan.ts'
import { randomStream } from '../domain/random.ts'
import type { Batch, Executor, StepControls } from './executor.ts'

/** Steps that are timed, after one that is not: whatever is compiled is compiled in the first. */
const fewSteps = 3

/** Where steps are short there are more of them: waiting for the first measurement would count for too much. */
const timedMs = 100
const mostSteps = 50

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
  const time = async (steps: number): Promise<number> => {
    const start = clock()
    for (let step = 0; step < steps; step++) await executor.step(batch, controls)
    await executor.readMeasurements()
    return (clock() - start) / steps
  }
  const stepMs = await time(fewSteps)
  const steps = Math.min(mostSteps, Math.ceil(timedMs / Math.max(stepMs, 1)))
  return steps > fewSteps ? time(steps) : stepMs
}
