import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { parameterLayout, statisticsLayout } from '../flatLayout.ts'
import type { FlatState, GatheredBatch, NativeNetwork } from '../native/nativeNetwork.ts'
import type { NetworkVerb } from '../native/networkHost.ts'

export interface FakeNetworkRequest {
  readonly plan: NetworkPlan
  /** As `parameterLayout` has it. */
  readonly initial: Float32Array
  /** Called before each verb is carried out; what it throws, the verb throws. */
  readonly onVerb?: (verb: NetworkVerb) => void
}

/**
 * For tests: a network that trains nothing, and whose every answer depends on all that it was told, in its order: a batch that is lost,
 * changed or comes too early shows in all that follows.
 */
export const createFakeNativeNetwork = ({
  plan,
  initial,
  onVerb = () => {},
}: FakeNetworkRequest): NativeNetwork => {
  const sizes = { parameters: parameterLayout(plan).size, statistics: statisticsLayout(plan).size }
  let state: FlatState = {
    parameters: initial.slice(),
    momentum: new Float32Array(sizes.parameters),
    statistics: new Float32Array(sizes.statistics),
  }
  let largestBatch = 0
  const { classes } = plan.spec

  const receive = (
    batch: GatheredBatch,
    strengths: readonly number[],
    more: readonly number[] = [],
  ): number => {
    largestBatch = Math.max(largestBatch, batch.labels.length)
    const { rowShifts, columnShifts, flips } = batch.augmentation ?? {}
    const told = [batch.images, batch.labels, rowShifts, columnShifts, flips, strengths, more]
    return told.reduce((sum, numbers) => mixed(numbers ?? [], sum), 1)
  }
  const vector = (size: number, from: number): Float32Array =>
    Float32Array.from({ length: size }, (_, index) => Math.sin(from + index))
  const measurement = (from: number) => ({
    loss: Math.fround(2 + Math.sin(from)),
    error: Math.fround(50 + 50 * Math.sin(2 * from)),
  })
  /** What a pass with these statistics sees of the network. */
  const seen = (statistics: Float32Array): number => mixed(statistics, mixed(state.parameters, 1))

  return {
    plan,
    step(batch, { shortcutStrengths, learningRate, momentum, weightDecay, dropoutKey }) {
      onVerb('step')
      const told = receive(batch, shortcutStrengths, [learningRate, momentum, weightDecay, dropoutKey])
      const from = told + mixed(state.parameters, 1) + mixed(state.momentum, 2)
      state = {
        momentum: state.momentum.map((value, index) => momentum * value + Math.sin(from + index)),
        parameters: state.parameters.map((value, index) => value - learningRate * Math.sin(from + index)),
        statistics: state.statistics.map((value, index) => 0.9 * value + 0.1 * Math.cos(told + index)),
      }
      return measurement(from)
    },
    differentiate(batch, strengths, dropoutKey) {
      onVerb('differentiate')
      const from = receive(batch, strengths, [dropoutKey]) + mixed(state.parameters, 1)
      return {
        gradient: vector(sizes.parameters, from),
        logits: vector(batch.labels.length * classes, from + 1),
      }
    },
    observe(batch, strengths) {
      onVerb('observe')
      return new Map([['stem.conv', vector(4, receive(batch, strengths))]])
    },
    batchStatistics(batch, strengths) {
      onVerb('batchStatistics')
      return vector(sizes.statistics, receive(batch, strengths) + mixed(state.parameters, 1))
    },
    infer(batch, strengths, statistics) {
      onVerb('infer')
      const from = receive(batch, strengths) + seen(statistics ?? state.statistics)
      return { logits: vector(batch.labels.length * classes, from), measurement: measurement(from) }
    },
    readState() {
      onVerb('readState')
      const { parameters, momentum, statistics } = state
      return { parameters: parameters.slice(), momentum: momentum.slice(), statistics: statistics.slice() }
    },
    writeState({ parameters, momentum, statistics }) {
      onVerb('writeState')
      if (
        parameters.length !== sizes.parameters ||
        momentum.length !== sizes.parameters ||
        statistics.length !== sizes.statistics
      )
        throw new Error('a vector has not the size of its layout')
      state = { parameters: parameters.slice(), momentum: momentum.slice(), statistics: statistics.slice() }
    },
    memoryBytes: () => 65_536 * (1 + largestBatch),
    dispose() {
      onVerb('dispose')
    },
  }
}

/** One number of many, which depends on their order; in [−2, 2], so that none gets lost in it. */
const mixed = (numbers: ArrayLike<number>, start: number): number => {
  let sum = start
  for (let i = 0; i < numbers.length; i++) sum = Math.sin(3 * sum + (numbers[i] ?? 0))
  return sum
}
