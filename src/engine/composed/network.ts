import { type Tensor1D, type Tensor2D, type Tensor4D, tensor1d } from '@tensorflow/tfjs-core'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import type { NetworkState, StepControls } from '../executor.ts'
import type { Constants } from '../ops/constants.ts'
import { type BatchLabels, crossEntropyGradient, lossAndError } from '../ops/crossEntropy.ts'
import { type NormSaved, normTraining, normWithStatistics } from '../ops/norm.ts'
import { backward, disposeNormSaved } from './backward.ts'
import { brokenUnlessFinite } from './brokenUnlessFinite.ts'
import { flatten, parameterLayout, statisticsLayout, unflatten } from './flatLayout.ts'
import { joinFlat, splitFlat } from './flatTensor.ts'
import { forward } from './forward.ts'
import { type BatchMoments, flatMoments, updateRunningStatistics } from './runningStatistics.ts'
import { createSchedules, type Schedule } from './schedule.ts'
import { descend } from './sgd.ts'
import { disposeAll, type TensorMap, tensorNamed } from './tensorMap.ts'

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
  ): { readonly gradient: Tensor1D; readonly logits: Tensor2D }
  /** Statistics of these images in training mode, flat, variances unbiased. */
  batchStatistics(images: Tensor4D, strengths: readonly number[]): Tensor1D
  /** Logits by given statistics; left out, by the running ones. */
  infer(images: Tensor4D, strengths: readonly number[], statistics?: Tensor1D): Tensor2D
  readState(): Promise<NetworkState>
  writeState(state: NetworkState): void
  readGradient(gradient: Tensor1D): Promise<TensorValues>
  dispose(): void
}

export const createNetwork = (plan: NetworkPlan, initial: TensorValues, constants: Constants): Network => {
  const layout = parameterLayout(plan)
  const statistics = statisticsLayout(plan)
  const scheduleOf = createSchedules(plan)

  let flatParameters = tensor1d(flatten(layout, initial))
  let flatMomentum = tensor1d(new Float32Array(layout.size))
  // Running means start at 0, running variances at 1.
  let flatRunning = tensor1d(
    Float32Array.from(
      statistics.entries.flatMap(({ name, size }) =>
        Array.from({ length: size }, () => (name.endsWith('.variance') ? 1 : 0)),
      ),
    ),
  )
  let parameters: TensorMap = splitFlat(layout, flatParameters, constants)

  const replaceParameters = (next: Tensor1D): void => {
    disposeAll(parameters)
    flatParameters.dispose()
    flatParameters = next
    parameters = splitFlat(layout, next, constants)
  }
  const replaceMomentum = (next: Tensor1D): void => {
    flatMomentum.dispose()
    flatMomentum = next
  }
  const replaceRunning = (next: Tensor1D): void => {
    flatRunning.dispose()
    flatRunning = next
  }

  /** A pass in training mode; `normsSaved` and `activations` are filled only where they are to be kept. */
  const forwardTraining = (
    schedule: Schedule,
    images: Tensor4D,
    strengths: readonly number[],
    keepForBackward: boolean,
  ) => {
    const normsSaved = new Map<string, NormSaved>()
    const moments: TensorMap = new Map()
    const counts = new Map<string, number>()
    const { logits, activations } = forward({
      schedule,
      parameters,
      images,
      strengths,
      keepForBackward,
      constants,
      normalise: ({ name, relu, channels }, x, gamma, beta) => {
        const { output, saved, mean, variance } = normTraining(x, gamma, beta, relu, constants)
        normsSaved.set(name, saved)
        if (!keepForBackward) disposeNormSaved(normsSaved, name)
        moments.set(`${name}.mean`, mean)
        moments.set(`${name}.variance`, variance)
        counts.set(`${name}.mean`, x.size / channels)
        counts.set(`${name}.variance`, x.size / channels)
        return output
      },
    })
    const batchMoments: BatchMoments = { tensors: moments, counts }
    return { logits, activations, normsSaved, batchMoments }
  }

  const passBothWays = ({ images, labels }: DeviceBatch, strengths: readonly number[]) => {
    const schedule = scheduleOf(strengths)
    const { logits, activations, normsSaved, batchMoments } = forwardTraining(
      schedule,
      images,
      strengths,
      true,
    )
    const gradients = backward({
      schedule,
      parameters,
      strengths,
      constants,
      activations,
      normsSaved,
      logitsGradient: crossEntropyGradient(logits, labels),
    })
    const gradient = joinFlat(layout, gradients, constants)
    disposeAll(gradients)
    return { logits, gradient, batchMoments }
  }

  return {
    plan,
    statisticsSize: statistics.size,
    step(batch, strengths, controls) {
      const { logits, gradient, batchMoments } = passBothWays(batch, strengths)
      const measurement = lossAndError(logits, batch.labels)
      logits.dispose()
      replaceRunning(updateRunningStatistics(statistics, flatRunning, batchMoments, constants))
      disposeAll(batchMoments.tensors)
      const descended = descend(flatParameters, flatMomentum, gradient, controls)
      gradient.dispose()
      replaceParameters(descended.parameters)
      replaceMomentum(descended.momentum)
      return brokenUnlessFinite(measurement, flatParameters)
    },
    differentiate(batch, strengths) {
      const { logits, gradient, batchMoments } = passBothWays(batch, strengths)
      disposeAll(batchMoments.tensors)
      return { logits, gradient }
    },
    batchStatistics(images, strengths) {
      const { logits, batchMoments } = forwardTraining(scheduleOf(strengths), images, strengths, false)
      logits.dispose()
      const flat = flatMoments(statistics, batchMoments, constants)
      disposeAll(batchMoments.tensors)
      return flat
    },
    infer(images, strengths, given = flatRunning) {
      const moments = splitFlat(statistics, given, constants)
      const { logits } = forward({
        schedule: scheduleOf(strengths),
        parameters,
        images,
        strengths,
        keepForBackward: false,
        constants,
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
      disposeAll(parameters)
      flatParameters.dispose()
      flatMomentum.dispose()
      flatRunning.dispose()
    },
  }
}
