import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { initialStatistics, type TensorValues } from '../../domain/parameters.ts'
import type { Batch, EvaluationResult, ExecutorRequest, NetworkState } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { type YieldToMessages, yieldToMessages as yieldByChannel } from '../yieldToMessages.ts'
import { evaluateGroup } from './evaluateGroup.ts'
import { FusedDevice } from './fusedDevice.ts'
import { FusedNetworks } from './fusedNetworks.ts'
import { defaultBudgetBytes, type FusedLimits, fusedLimitsOf, plannedFusedBytes } from './fusedSupport.ts'
import { MeasurementLog } from './measurementLog.ts'
import type { NetworkGroup } from './networkGroup.ts'
import type { PassName } from './planGroup.ts'
import { refuseAboveBudget } from './refuseAboveBudget.ts'
import { requestActivation, requestLogits } from './requestValues.ts'

export interface FusedExecutorOptions {
  readonly gl: WebGL2RenderingContext
  /** Images of a step, so that everything is built at once; left out: built when the first step comes. */
  readonly batchSize?: number
  /** GPU memory that all networks together may take. */
  readonly budgetBytes?: number
  /** Share of the shaders that are compiled, from 0 to 1. */
  readonly onProgress?: (fraction: number) => void
  /** Called between passes. Left out: a turn by MessageChannel. */
  readonly yieldToMessages?: YieldToMessages
  /** What of the device is used; left out: all that it has. */
  readonly limits?: FusedLimits
  /** What each split may take on the device as a whole; a larger one is handed over batch by batch. */
  readonly residentBytes?: number
}

/** What a step and an evaluation draw. */
const usualPasses: readonly PassName[] = ['training', 'evaluating', 'collecting']

/** Images of a pass where nobody said yet what a step takes. */
const defaultImages = 64

/** Of a split, where the budget allows it. */
const mostResidentBytes = 256 * 2 ** 20

/**
 * The executor that draws: every launch of a training step is recorded once and replayed, all networks of one shape side by side.
 * Throws `NotEnoughMemory` where they do not fit the budget, and a sentence of `fusedLimitsOf` where the context can't.
 */
export const createFusedExecutor = async (
  request: ExecutorRequest,
  options: FusedExecutorOptions,
): Promise<InspectableExecutor> => {
  const { gl, batchSize, budgetBytes = defaultBudgetBytes, yieldToMessages = yieldByChannel } = options
  const limits = options.limits ?? fusedLimitsOf(gl)
  if (typeof limits === 'string') throw new Error(limits)
  const images = batchSize ?? defaultImages
  const bytes = plannedFusedBytes(request.plans, images, limits)
  if (batchSize !== undefined) refuseAboveBudget(bytes, budgetBytes)

  const device = new FusedDevice(gl, yieldToMessages)
  try {
    const networks = new FusedNetworks({
      ...request,
      device,
      limits,
      images,
      residentBytes:
        options.residentBytes ?? Math.min(mostResidentBytes, Math.max(0, budgetBytes - bytes) / 2),
    })
    for (const [index, group] of networks.groups.entries())
      await group.prepare(images, batchSize === undefined ? [] : usualPasses, (fraction) =>
        options.onProgress?.((index + fraction) / networks.groups.length),
      )
    for (const [network, plan] of request.plans.entries()) {
      const parameters = request.initial[network]
      if (parameters === undefined) throw new Error(`Network ${network + 1} has no initial weights.`)
      const { group, member } = networks.placeOf(network)
      group.state.write(member, initialState(plan, parameters))
    }
    return executorOf({
      plans: request.plans,
      device,
      networks,
      yieldToMessages,
      images,
      isSized: batchSize !== undefined,
      check: (size) => refuseAboveBudget(plannedFusedBytes(request.plans, size, limits), budgetBytes),
    })
  } catch (error) {
    device.dispose()
    throw error
  }
}

const initialState = (plan: NetworkPlan, parameters: TensorValues): NetworkState => ({
  parameters,
  momentum: new Map([...parameters].map(([name, { length }]) => [name, new Float32Array(length)])),
  statistics: initialStatistics(plan),
})

interface Built {
  readonly plans: readonly NetworkPlan[]
  readonly device: FusedDevice
  readonly networks: FusedNetworks
  readonly yieldToMessages: YieldToMessages
  /** Images of a step. */
  readonly images: number
  /** Whether somebody asked for that many. */
  readonly isSized: boolean
  /** Throws where batches of this size do not fit. */
  readonly check: (images: number) => void
}

const executorOf = ({
  plans,
  device,
  networks,
  yieldToMessages,
  check,
  ...built
}: Built): InspectableExecutor => {
  const { groups } = networks
  const log = new MeasurementLog(device, groups)
  /** Of the last step: evaluations use its textures. */
  let { images, isSized } = built

  const isReady = (size: number): boolean =>
    isSized && size === images && groups.every((group) => group.isPrepared(size, 'training'))
  const prepareStep = async (size: number): Promise<void> => {
    // What was measured is in the log of another size.
    await log.fetch()
    if (!isSized || size !== images) check(size)
    images = size
    isSized = true
    for (const group of groups) await group.prepare(size, ['training'])
  }
  /** One pass for the sake of one network. */
  const drawFor = async (
    pass: PassName,
    network: number,
    batch: Batch,
    strengths: readonly number[],
    dropping: readonly number[],
  ) => {
    const { group, member } = networks.placeOf(network)
    const size = batch.indices.length
    await group.prepare(size, [pass])
    const drawn = group.draw({
      pass,
      batch: networks.placeBatch(batch, 0),
      strengths: group.members.map(() => strengths),
      uniforms: { dropping },
    })
    return { group, member, ...drawn }
  }

  return {
    plans,
    async step(batch, controls) {
      const size = batch.indices.length
      if (log.isFull) await log.fetch()
      if (!isReady(size)) await prepareStep(size)
      const placed = networks.placeBatch(batch, 0)
      const { learningRate, momentum, weightDecay, shortcutStrengths, dropoutKey } = controls
      for (const group of groups)
        group.draw({
          pass: 'training',
          batch: placed,
          strengths: group.members.map((network) => shortcutStrengths[network] ?? []),
          uniforms: { rates: [learningRate, momentum, weightDecay, 0], dropping: [dropoutKey | 0, 1] },
          column: log.column,
        })
      log.append(size)
    },
    readMeasurements: () => log.take(),
    async evaluate(request) {
      if (request.statisticsBatches.length === 0)
        throw new Error('An evaluation needs at least one batch to take statistics from.')
      const results: EvaluationResult[] = []
      for (const group of groups) {
        const ofGroup = await evaluateGroup({ group, networks, device, request, images, yieldToMessages })
        ofGroup.forEach((result, member) => {
          results[group.members[member] ?? 0] = result
        })
      }
      return results
    },
    async readGradients(network, batch, strengths, dropoutKey = 0) {
      const drawn = await drawFor('differentiating', network, batch, strengths, [dropoutKey | 0, 1])
      const { group, member, bufferOf, plan } = drawn
      const from = bufferOf(group.gradientOf(batch.indices.length))
      const gradients = group.state.requestParameters(from, member)
      const logits = requestLogits(device.readback, bufferOf(plan.forward.logits), member, classesOf(group))
      await device.readback.finish()
      return { gradients: gradients(), logits: logits() }
    },
    async readLogits(network, batch, strengths) {
      const { group, member, bufferOf, plan } = await drawFor('inferring', network, batch, strengths, [0, 0])
      const logits = requestLogits(device.readback, bufferOf(plan.forward.logits), member, classesOf(group))
      await device.readback.finish()
      return logits()
    },
    async readActivations(network, batch, strengths) {
      const { member, bufferOf, plan } = await drawFor('observing', network, batch, strengths, [0, 0])
      const requested = [...plan.forward.activations]
        .filter(([name]) => name !== 'input')
        .map(
          ([name, { buffer, grid }]) =>
            [name, requestActivation(device.readback, bufferOf(buffer), member, grid)] as const,
        )
      await device.readback.finish()
      return new Map(requested.map(([name, values]) => [name, values()]))
    },
    async readState(network) {
      const { group, member } = networks.placeOf(network)
      const state = group.state.request(member)
      await device.readback.finish()
      return state()
    },
    async writeState(network, state) {
      const { group, member } = networks.placeOf(network)
      group.state.write(member, state)
    },
    memory: () => ({ tensors: device.textures.count(), bytes: device.textures.bytes() }),
    dispose: () => device.dispose(),
  }
}

const classesOf = ({ plan }: NetworkGroup): number => plan.spec.classes
