import * as tf from '@tensorflow/tfjs'
import type { ImageSet } from '../src/datasets/dataset.ts'
import { curveLabel } from '../src/domain/curveLabel.ts'
import { blocksPerStageOf, type CurveSpec, optionsOf } from '../src/domain/curveSpec.ts'
import { initialParameters } from '../src/domain/parameters.ts'
import { planLayers } from '../src/domain/planLayers.ts'
import { randomStream } from '../src/domain/random.ts'
import { createComposedExecutor } from '../src/engine/createComposedExecutor.ts'
import { stockNetwork } from './stockNetwork.ts'

/** Something that trains the same networks on the same images, and waits for what it measured. */
export interface Contender {
  /** So many training steps of all networks, and the wait for their losses. */
  run(steps: number): Promise<void>
  dispose(): void
}

export interface BenchCase {
  readonly curves: readonly CurveSpec[]
  readonly batch: number
}

export const labelOf = ({ curves }: BenchCase): string => curves.map(curveLabel).join(' + ')

const side = 16
const count = 640

/** Noise: what the images show does not matter to the clock. */
const images = (): ImageSet => {
  const stream = randomStream(1, 'bench')
  return {
    images: Float32Array.from({ length: count * side * side * 3 }, () => stream.normal()),
    labels: Int32Array.from({ length: count }, () => stream.integer(10)),
    count,
    side,
    channels: 3,
  }
}

const plansOf = ({ curves }: BenchCase, plainAs: 'none' | 'A') =>
  curves.map((curve) =>
    planLayers({
      ...optionsOf(curve),
      shortcut: curve.shortcut === 'none' ? plainAs : curve.shortcut,
      stem: 'small',
      blocksPerStage: blocksPerStageOf(curve),
      width: 8,
      imageSize: side,
      channels: 3,
      classes: 10,
    }),
  )

/** The lab's own engine, as an experiment uses it. The backend must be open. */
export const composedContender = async (benchCase: BenchCase): Promise<Contender> => {
  const plans = plansOf(benchCase, 'A')
  const set = images()
  const executor = await createComposedExecutor({
    plans,
    initial: plans.map((plan) => initialParameters(plan, 1)),
    training: set,
    validation: set,
  })
  const shortcutStrengths = benchCase.curves.map(({ shortcut }, network) =>
    (plans[network]?.blocks ?? []).map(() => (shortcut === 'none' ? 0 : 1)),
  )
  let step = 0
  return {
    async run(steps) {
      for (let i = 0; i < steps; i++, step++) {
        const start = (step * benchCase.batch) % (count - benchCase.batch)
        const indices = Int32Array.from({ length: benchCase.batch }, (_, position) => start + position)
        await executor.step(
          { indices, augmentation: null },
          { learningRate: 0.05, momentum: 0.9, weightDecay: 1e-4, shortcutStrengths, dropoutKey: step },
        )
      }
      await executor.readMeasurements()
    },
    dispose: () => executor.dispose(),
  }
}

/** tf.layers models, one after the other on each batch, by `trainOnBatch`. The backend must be open. Throws as `stockNetwork` does. */
export const stockContender = (benchCase: BenchCase): Contender => {
  const models = plansOf(benchCase, 'none').map(stockNetwork)
  const set = images()
  const table = tf.tensor4d(set.images, [count, side, side, 3])
  const oneHot = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(set.labels, 'int32'), 10), 'float32'))
  let step = 0
  return {
    async run(steps) {
      for (let i = 0; i < steps; i++, step++) {
        const start = (step * benchCase.batch) % (count - benchCase.batch)
        const x = tf.slice(table, [start, 0, 0, 0], [benchCase.batch, side, side, 3])
        const y = tf.slice(oneHot, [start, 0], [benchCase.batch, 10])
        for (const model of models) await model.trainOnBatch(x, y)
        x.dispose()
        y.dispose()
      }
    },
    dispose() {
      for (const model of models) model.dispose()
      table.dispose()
      oneHot.dispose()
    },
  }
}
