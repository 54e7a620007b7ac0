import * as tf from '@tensorflow/tfjs'
import { initialParameters } from '../src/domain/parameters.ts'
import { createComposedExecutor } from '../src/engine/createComposedExecutor.ts'
import type { Executor, ExecutorRequest } from '../src/engine/executor.ts'
import { createFusedExecutor } from '../src/engine/fused/createFusedExecutor.ts'
import { createNativeExecutor } from '../src/engine/native/createNativeExecutor.ts'
import { createNativeNetwork } from '../src/engine/native/createNativeNetwork.ts'
import { loadEngine } from '../src/engine/native/loadEngine.ts'
import type { CrewPlace } from '../src/engine/native/planCrew.ts'
import { openWebglContext } from '../src/engine/openWebglContext.ts'
import { createNetworkPool } from '../src/worker/networkPool.ts'
import { openHosts } from '../src/worker/openHosts.ts'
import { spawnNetworkWorker } from '../src/worker/spawnNetworkWorker.ts'
import {
  type BenchCase,
  batchStart,
  imageCount,
  imageSide,
  networksOf,
  noiseImages,
  plansOf,
  strengthsOf,
} from './benchCase.ts'
import { stockNetwork } from './stockNetwork.ts'

/** Something that trains the same networks on the same images, and waits for what it measured. It ends with its page. */
export interface Contender {
  /** So many training steps of all networks, and the wait for their losses. Gives how long this thread was kept, ms. */
  run(steps: number): Promise<number>
  /** WebAssembly memory of each network; null where networks have none of their own. */
  networkBytes(): readonly number[] | null
  /** Memory of the graphics device; null where nothing is drawn, or where it cannot be told apart from another contender's. */
  deviceBytes(): number | null
}

export const requestOf = (benchCase: BenchCase): ExecutorRequest => {
  const plans = plansOf(benchCase, 'A')
  const set = noiseImages()
  const networks = networksOf(benchCase)
  return {
    plans,
    initial: plans.map((plan, index) => initialParameters(plan, networks[index]?.seed ?? 1)),
    training: set,
    validation: set,
  }
}

/** Steps as an experiment takes them. */
export const stepsOf = (
  benchCase: BenchCase,
  executor: Executor,
  shortcutStrengths = strengthsOf(benchCase, executor.plans),
): Contender['run'] => {
  const { batch } = benchCase
  let step = 0
  return async (steps) => {
    let keptMs = 0
    for (let i = 0; i < steps; i++, step++) {
      const start = batchStart(step, batch)
      const indices = Int32Array.from({ length: batch }, (_, position) => start + position)
      const before = performance.now()
      const done = executor.step(
        { indices, augmentation: null },
        { learningRate: 0.05, momentum: 0.9, weightDecay: 1e-4, shortcutStrengths, dropoutKey: step },
      )
      keptMs += performance.now() - before
      await done
    }
    await executor.readMeasurements()
    return keptMs
  }
}

/** tfjs operations with the lab's own gradients, on the backend that is open. */
export const composedContender = async (benchCase: BenchCase): Promise<Contender> => {
  const executor = await createComposedExecutor(requestOf(benchCase))
  return {
    run: stepsOf(benchCase, executor),
    networkBytes: () => null,
    deviceBytes: () => null,
  }
}

/** The lab's own shaders, in a context of their own beside tfjs's. Throws where there is no WebGL 2 that computes, or too little of it. */
export const fusedContender = async (benchCase: BenchCase): Promise<Contender> => {
  const { gl } = openWebglContext()
  const executor = await createFusedExecutor(requestOf(benchCase), { gl, batchSize: benchCase.batch })
  return {
    run: stepsOf(benchCase, executor),
    networkBytes: () => null,
    deviceBytes: () => executor.memory().bytes,
  }
}

/** The lab's own engine, its networks in workers as an experiment has them. Throws where there are no workers. */
export const nativeContender = async (
  benchCase: BenchCase,
  places: readonly CrewPlace[],
): Promise<Contender> => {
  const request = requestOf(benchCase)
  const pool = createNetworkPool({ spawn: spawnNetworkWorker })
  const { hosts, whyHere } = await openHosts({
    ...request,
    places,
    batchSize: benchCase.batch,
    loadEngine,
    pool,
    createNetwork: createNativeNetwork,
  })
  if (whyHere !== null) throw new Error(whyHere)
  const executor = await createNativeExecutor(request, { hosts })
  return {
    run: stepsOf(benchCase, executor),
    networkBytes: () => hosts.map((host) => host.memoryBytes()),
    deviceBytes: () => null,
  }
}

/**
 * tf.layers models, one after the other on each batch, by `trainOnBatch`. The backend must be open. `firstWait`: when this page first
 * waited for what it drew, from a time on; up to then a model keeps its thread. `textureBytes`: of all textures in this page, so no
 * other contender may be made before this one's memory is asked for. Throws as `stockNetwork` does.
 */
export const stockContender = (
  benchCase: BenchCase,
  { firstWait, textureBytes }: { firstWait: (from: number) => number; textureBytes: () => number },
): Contender => {
  const { batch } = benchCase
  const bytesBefore = textureBytes()
  const models = plansOf(benchCase, 'none').map(stockNetwork)
  const set = noiseImages()
  const table = tf.tensor4d(set.images, [imageCount, imageSide, imageSide, 3])
  const oneHot = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(set.labels, 'int32'), 10), 'float32'))
  let step = 0
  return {
    async run(steps) {
      let keptMs = 0
      for (let i = 0; i < steps; i++, step++) {
        const start = batchStart(step, batch)
        const x = tf.slice(table, [start, 0, 0, 0], [batch, imageSide, imageSide, 3])
        const y = tf.slice(oneHot, [start, 0], [batch, 10])
        for (const model of models) {
          const before = performance.now()
          await model.trainOnBatch(x, y)
          keptMs += firstWait(before) - before
        }
        x.dispose()
        y.dispose()
      }
      return keptMs
    },
    networkBytes: () => null,
    // tfjs keeps the textures that it no longer needs, for later ones: they are taken all the same.
    deviceBytes: () => textureBytes() - bytesBefore,
  }
}
