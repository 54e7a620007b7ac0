import { type Tensor1D, type Tensor2D, type Tensor4D, tensor1d } from '@tensorflow/tfjs-core'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { initialStatistics, type TensorValues } from '../../domain/parameters.ts'
import type { NetworkState, StepControls } from '../executor.ts'
import { flatten, parameterLayout, statisticsLayout, unflatten } from '../flatLayout.ts'
import type { Constants } from '../ops/constants.ts'
import { type BatchLabels, lossAndError } from '../ops/crossEntropy.ts'
import { normWithStatistics } from '../ops/norm.ts'
import { brokenUnlessFinite } from './brokenUnlessFinite.ts'
import { joinFlat, splitFlat } from './flatTensor.ts'
import { dropNothing, forward } from './forward.ts'
import { kernelsOf } from './kernels.ts'
import { disposeNormSaved } from './passSaved.ts'
import { flatMoments, updateRunningStatistics } from './runningStatistics.ts'
import { createSchedules } from './schedule.ts'
import { descend } from './sgd.ts'
import { disposeAll, disposeNamed, type TensorMap, tensorNamed } from './tensorMap.ts'
import { forwardTraining, passBothWays, type TrainingPassRequest } from './trainingPass.ts'

/** A batch on the device. */
export interface DeviceBatch {
  readonly images: Tensor4D
  readonly labels: BatchLabels
}

/** One network on the device: its state as three flat vectors, and the passes over it. */
export interface Network {
  readonly plan: NetworkPlan
  /** Numbers in all of its running statistics. */
  readonly statisticsSize: number
  /**
   * One training step; gives loss and error of the batch before its update, [2], which the caller disposes; NaN where the
   * update broke the network.
   */
  step(batch: DeviceBatch, strengths: readonly number[], controls: StepControls): Tensor1D
  /** Gradient of the mean cross-entropy without weight decay, flat, zeros where a parameter is not used; and the logits. */
  differentiate(
    batch: DeviceBatch,
    strengths: readonly number[],
    dropoutKey: number,
  ): { readonly gradient: Tensor1D; readonly logits: Tensor2D }
  /** What each operation writes, by name, normalised by these images, nothing dropped; the caller disposes it. */
  observe(images: Tensor4D, strengths: readonly number[]): TensorMap
  /**
   * Statistics of these images, flat, variances unbiased: those of the network that is evaluated, which drops nothing. Empty
   * where nothing is normalised.
   */
  batchStatistics(images: Tensor4D, strengths: readonly number[]): Tensor1D
  /** Logits by given statistics; left out, by the running ones. */
  infer(images: Tensor4D, strengths: readonly number[], statistics?: Tensor1D): Tensor2D
  readState(): Promise<NetworkState>
  writeState(state: NetworkState): void
  readGradient(gradient: Tensor1D): Promise<TensorValues>
  dispose(): void
}

/** Throws where the plan cannot be trained: see `trainableOperations`. */
export const createNetwork = (plan: NetworkPlan, initial: TensorValues, constants: Constants): Network => {
  const layout = parameterLayout(plan)
  const statistics = statisticsLayout(plan)
  const scheduleOf = createSchedules(plan)
  const convs = plan.operations.filter((operation) => operation.kind === 'conv')

  let flatParameters = tensor1d(flatten(layout, initial))
  let flatMomentum = tensor1d(new Float32Array(layout.size))
  let flatRunning = tensor1d(flatten(statistics, initialStatistics(plan)))
  const weightsOf = (flat: Tensor1D): { readonly parameters: TensorMap; readonly kernels: TensorMap } => {
    const parameters = splitFlat(layout, flat, constants)
    return { parameters, kernels: kernelsOf(convs, parameters, constants) }
  }
  let weights = weightsOf(flatParameters)
  const disposeWeights = (): void => {
    disposeAll(weights.parameters)
    disposeAll(weights.kernels)
  }

  const replaceParameters = (next: Tensor1D): void => {
    disposeWeights()
    flatParameters.dispose()
    flatParameters = next
    weights = weightsOf(next)
  }
  const replaceMomentum = (next: Tensor1D): void => {
    flatMomentum.dispose()
    flatMomentum = next
  }
  const replaceRunning = (next: Tensor1D): void => {
    flatRunning.dispose()
    flatRunning = next
  }

  const passRequest = (
    images: Tensor4D,
    strengths: readonly number[],
    dropoutKey: number | null,
  ): TrainingPassRequest => ({
    schedule: scheduleOf(strengths),
    weights,
    images,
    strengths,
    dropoutKey,
    constants,
  })

  const flatGradient = (gradients: TensorMap): Tensor1D => {
    const gradient = joinFlat(layout, gradients, constants)
    disposeAll(gradients)
    return gradient
  }

  return {
    plan,
    statisticsSize: statistics.size,
    step(batch, strengths, controls) {
      const request = passRequest(batch.images, strengths, controls.dropoutKey)
      const { logits, gradients, batchMoments } = passBothWays(request, batch.labels)
      const measurement = lossAndError(logits, batch.labels)
      logits.dispose()
      replaceRunning(updateRunningStatistics(statistics, flatRunning, batchMoments, constants))
      disposeAll(batchMoments.tensors)
      const gradient = flatGradient(gradients)
      const descended = descend(flatParameters, flatMomentum, gradient, controls)
      gradient.dispose()
      replaceParameters(descended.parameters)
      replaceMomentum(descended.momentum)
      return brokenUnlessFinite(measurement, flatParameters)
    },
    differentiate(batch, strengths, dropoutKey) {
      const request = passRequest(batch.images, strengths, dropoutKey)
      const { logits, gradients, batchMoments } = passBothWays(request, batch.labels)
      disposeAll(batchMoments.tensors)
      return { logits, gradient: flatGradient(gradients) }
    },
    observe(images, strengths) {
      const request = passRequest(images, strengths, null)
      const keepsAll = { ...request.schedule, lastReads: [] }
      const { logits, activations, saved, batchMoments } = forwardTraining(
        { ...request, schedule: keepsAll },
        true,
      )
      logits.dispose()
      disposeAll(batchMoments.tensors)
      for (const name of [...saved.norms.keys()]) disposeNormSaved(saved.norms, name)
      disposeNamed(activations, 'input')
      return activations
    },
    batchStatistics(images, strengths) {
      const { logits, batchMoments } = forwardTraining(passRequest(images, strengths, null), false)
      logits.dispose()
      const flat = flatMoments(statistics, batchMoments, constants)
      disposeAll(batchMoments.tensors)
      return flat
    },
    infer(images, strengths, given = flatRunning) {
      const moments = splitFlat(statistics, given, constants)
      const { logits } = forward({
        ...passRequest(images, strengths, null),
        keepForBackward: false,
        drop: dropNothing,
        normalise: ({ name, relu }, x, gamma, beta) =>
          normWithStatistics(
            x,
            gamma,
            beta,
            tensorNamed(moments, `${name}.mean`),
            tensorNamed(moments, `${name}.variance`),
            relu,
          ),
      })
      disposeAll(moments)
      return logits
    },
    async readState() {
      const [parameterValues, momentumValues, runningValues] = await Promise.all([
        flatParameters.data<'float32'>(),
        flatMomentum.data<'float32'>(),
        flatRunning.data<'float32'>(),
      ])
      return {
        parameters: unflatten(layout, parameterValues),
        momentum: unflatten(layout, momentumValues),
        statistics: unflatten(statistics, runningValues),
      }
    },
    writeState(state) {
      // All three are checked before any is replaced.
      const nextParameters = flatten(layout, state.parameters)
      const nextMomentum = flatten(layout, state.momentum)
      const nextRunning = flatten(statistics, state.statistics)
      replaceParameters(tensor1d(nextParameters))
      replaceMomentum(tensor1d(nextMomentum))
      replaceRunning(tensor1d(nextRunning))
    },
    readGradient: async (gradient) => unflatten(layout, await gradient.data<'float32'>()),
    dispose() {
      disposeWeights()
      flatParameters.dispose()
      flatMomentum.dispose()
      flatRunning.dispose()
    },
  }
}
