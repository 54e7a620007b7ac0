import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { initialParameters, type TensorValues } from '../../domain/parameters.ts'
import type { Batch, EvaluationRequest, Executor, Measurement, StepControls } from '../executor.ts'

/** For tests: an executor that computes nothing and notes what it was asked. */
export interface FakeExecutor extends Executor {
  readonly batches: readonly Batch[]
  readonly controls: readonly StepControls[]
  readonly evaluations: readonly EvaluationRequest[]
  readonly readbacks: () => number
}

export interface FakeExecutorOptions {
  readonly plans: readonly NetworkPlan[]
  readonly seed: number
  /** What a network measures at a step counted from 0. */
  readonly measure?: (step: number, network: number) => Measurement
  /** Called within each step. */
  readonly onStep?: (step: number) => void | Promise<void>
  /** Called within each evaluation. */
  readonly onEvaluate?: () => void | Promise<void>
  /** Changes what a network starts from. */
  readonly initial?: (values: TensorValues, network: number) => TensorValues
}

export const createFakeExecutor = (options: FakeExecutorOptions): FakeExecutor => {
  const { plans, seed, initial = (values) => values } = options
  const measure = options.measure ?? ((step) => ({ loss: 2.3 / (step + 1), error: 90 / (step + 1) }))
  const batches: Batch[] = []
  const controls: StepControls[] = []
  const evaluations: EvaluationRequest[] = []
  let readbacks = 0
  let read = 0
  return {
    plans,
    batches,
    controls,
    evaluations,
    readbacks: () => readbacks,
    step: async (batch, stepControls) => {
      batches.push(batch)
      controls.push(stepControls)
      await options.onStep?.(batches.length - 1)
    },
    readMeasurements: async () => {
      readbacks += 1
      const rows = batches.slice(read).map((_, i) => plans.map((_, network) => measure(read + i, network)))
      read = batches.length
      return rows
    },
    evaluate: async (request) => {
      evaluations.push(request)
      await options.onEvaluate?.()
      return plans.map(() => ({
        training: { loss: 1, error: 50 },
        validation: { loss: 1.1, error: 55 },
      }))
    },
    readState: async (network) => {
      const plan = plans[network]
      if (plan === undefined) throw new Error(`no network ${network}`)
      return {
        parameters: initial(initialParameters(plan, seed), network),
        momentum: new Map(),
        statistics: new Map(),
      }
    },
    writeState: async () => {},
    memory: () => ({ tensors: 7, bytes: 28 }),
    dispose: () => {},
  }
}
