import type { ImageSet } from '../../datasets/dataset.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { statisticsOf } from '../../domain/parameters.ts'
import type { Batch, EvaluationRequest, ExecutorRequest, Measurement, NetworkState } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { NotEnoughMemory } from '../notEnoughMemory.ts'
import { type YieldToMessages, yieldToMessages as yieldByChannel } from '../yieldToMessages.ts'
import { FusedDevice } from './fusedDevice.ts'
import {
  defaultBudgetBytes,
  type FusedLimits,
  fusedLimitsOf,
  groupsOf,
  plannedFusedBytes,
} from './fusedSupport.ts'
import { imagesOnDevice } from './imagesOnDevice.ts'
import { NetworkGroup, type PlacedBatch } from './networkGroup.ts'
import { logColumns } from './passPlanner.ts'
import type { PassName } from './planGroup.ts'

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

/** Of a split, where the budget allows it. */
const mostResidentBytes = 256 * 2 ** 20

/** Largest batch that a large data set is handed over in. */
const mostImages = 512

/** Passes of an evaluation that are drawn before one waits for them. */
const passesAtOnce = 8

/** Batch of an evaluation before the first step, where nobody said what a step takes. */
const defaultImages = 64

/**
 * The executor that draws: every launch of a training step is recorded once and replayed, all networks of one shape side by side.
 * Throws `NotEnoughMemory` where they do not fit the budget, and a sentence of `fusedLimitsOf` where the context can't.
 */
export const createFusedExecutor = async (
  { plans, initial, training, validation }: ExecutorRequest,
  {
    gl,
    batchSize,
    budgetBytes = defaultBudgetBytes,
    onProgress = () => {},
    yieldToMessages = yieldByChannel,
    residentBytes = Math.min(mostResidentBytes, budgetBytes / 8),
    ...options
  }: FusedExecutorOptions,
): Promise<InspectableExecutor> => {
  const limits = options.limits ?? fusedLimitsOf(gl)
  if (typeof limits === 'string') throw new Error(limits)
  const checkBudget = (images: number): void => {
    const bytes = plannedFusedBytes(plans, images, limits)
    if (bytes > budgetBytes)
      throw new NotEnoughMemory(
        `These networks would take ${(bytes / 1e9).toFixed(1)} GB of the graphics card’s memory in batches of ${images}, and ${(budgetBytes / 1e9).toFixed(1)} GB may be taken.`,
      )
  }
  if (batchSize !== undefined) checkBudget(batchSize)

  const device = new FusedDevice(gl, yieldToMessages)
  const splits = [training, validation].map((set) =>
    imagesOnDevice({
      set,
      textures: device.textures,
      maxTextureSide: limits.maxTextureSide,
      residentBytes,
      mostImages,
    }),
  )
  device.images = { ...device.images, textures: splits.map(({ texture }) => texture) }
  const groups = groupsOf(plans, limits, batchSize ?? defaultImages).map(
    (members) => new NetworkGroup(device, planAt(plans, members[0] ?? 0), members, limits),
  )
  /** Of the last step: evaluations use its textures. */
  let images = batchSize ?? defaultImages
  let isSized = batchSize !== undefined
  const sets: readonly ImageSet[] = [training, validation]

  const placeBatch = (batch: Batch, split: 0 | 1): PlacedBatch => {
    const ofSplit = splits[split]
    const set = sets[split]
    if (ofSplit === undefined || set === undefined) throw new Error('There are two splits.')
    return {
      split,
      indices: ofSplit.indicesOf(batch),
      labels: Int32Array.from(batch.indices, (index) => set.labels[index] ?? 0),
      augmentation: batch.augmentation,
      lineTexels: ofSplit.lineTexels,
    }
  }
  const strengthsOf = ({ members }: NetworkGroup, all: readonly (readonly number[])[]) =>
    members.map((network) => all[network] ?? [])
  const placeOf = (network: number): { readonly group: NetworkGroup; readonly member: number } => {
    for (const group of groups) {
      const member = group.members.indexOf(network)
      if (member >= 0) return { group, member }
    }
    throw new Error(`There is no network ${network + 1}.`)
  }
  const prepareStep = async (size: number): Promise<void> => {
    if (size !== images || !isSized) checkBudget(size)
    images = size
    isSized = true
    for (const group of groups) await group.prepare(size, ['training'])
  }

  for (const [index, group] of groups.entries())
    await group.prepare(images, batchSize === undefined ? [] : usualPasses, (fraction) =>
      onProgress((index + fraction) / groups.length),
    )
  for (const [network, plan] of plans.entries()) {
    const parameters = initial[network]
    if (parameters === undefined) throw new Error(`Network ${network + 1} has no initial weights.`)
    const { group, member } = placeOf(network)
    group.writeState(images, member, {
      parameters,
      momentum: new Map([...parameters].map(([name, { length }]) => [name, new Float32Array(length)])),
      statistics: new Map(
        statisticsOf(plan).flatMap(({ name, channels }) => [
          [`${name}.mean`, new Float32Array(channels)],
          [`${name}.variance`, new Float32Array(channels).fill(1)],
        ]),
      ),
    })
  }

  /** Steps whose measurements are in the log, and the images of each; older ones were taken out of it already. */
  let logged: number[] = []
  let taken: Measurement[][] = []
  const takeLog = async (): Promise<void> => {
    if (logged.length === 0) return
    const sizes = logged
    logged = []
    const rows: Measurement[][] = sizes.map(() => plans.map(() => ({ loss: Number.NaN, error: Number.NaN })))
    const read = []
    for (const group of groups)
      read.push({
        group,
        log: group.requestLog(images, 'log', sizes.length),
        broken: await group.requestBroken(images),
      })
    await device.readback.finish()
    for (const { group, log, broken } of read)
      group.members.forEach((network, member) => {
        const ofMember = broken.subarray(
          (member * broken.length) / group.members.length,
          ((member + 1) * broken.length) / group.members.length,
        )
        const isBroken = ofMember.some((value) => Number.isNaN(value))
        sizes.forEach((size, step) => {
          const at = 4 * (member * sizes.length + step)
          const isLast = step === sizes.length - 1
          const row = rows[step]
          if (row !== undefined)
            row[network] =
              isBroken && isLast
                ? { loss: Number.NaN, error: Number.NaN }
                : { loss: (log[at] ?? Number.NaN) / size, error: (100 * (log[at + 1] ?? Number.NaN)) / size }
        })
      })
    taken = [...taken, ...rows]
  }

  const measure = async (
    group: NetworkGroup,
    split: 0 | 1,
    indices: Int32Array,
    strengths: readonly (readonly number[])[],
  ): Promise<readonly Measurement[]> => {
    const sums = group.members.map(() => ({ loss: 0, wrong: 0 }))
    const counts = Math.ceil(indices.length / images)
    for (let first = 0; first < counts; first += passesAtOnce) {
      const passes = Math.min(passesAtOnce, counts - first)
      for (let pass = 0; pass < passes; pass++) {
        const from = (first + pass) * images
        const counted = Math.min(images, indices.length - from)
        // The last batch is filled up with images that are not counted.
        const filled = Int32Array.from(
          { length: images },
          (_, place) => indices[Math.min(from + place, indices.length - 1)] ?? 0,
        )
        group.draw({
          pass: 'evaluating',
          batch: placeBatch({ indices: filled, augmentation: null }, split),
          strengths,
          uniforms: { counted },
          column: pass,
        })
      }
      const log = group.requestLog(images, 'evaluationLog', passes)
      await device.readback.finish()
      sums.forEach((sum, member) => {
        for (let pass = 0; pass < passes; pass++) {
          sum.loss += log[4 * (member * passes + pass)] ?? Number.NaN
          sum.wrong += log[4 * (member * passes + pass) + 1] ?? Number.NaN
        }
      })
      await yieldToMessages()
    }
    return sums.map(({ loss, wrong }) => ({
      loss: loss / indices.length,
      error: (100 * wrong) / indices.length,
    }))
  }

  const evaluateGroup = async (group: NetworkGroup, request: EvaluationRequest) => {
    const { statisticsBatches, trainingIndices, validationIndices } = request
    const strengths = strengthsOf(group, request.shortcutStrengths)
    if (statisticsOf(group.plan).length > 0)
      for (const [index, indices] of statisticsBatches.entries()) {
        await group.prepare(indices.length, ['collecting'])
        group.draw({
          pass: 'collecting',
          batch: placeBatch({ indices, augmentation: null }, 0),
          strengths,
          uniforms: { share: [1 / statisticsBatches.length, index] },
        })
        await yieldToMessages()
      }
    await group.prepare(images, ['evaluating'])
    return {
      training: await measure(group, 0, trainingIndices, strengths),
      validation: await measure(group, 1, validationIndices, strengths),
    }
  }

  return {
    plans,
    async step(batch, controls) {
      const size = batch.indices.length
      if (logged.length === logColumns) await takeLog()
      if (size !== images || !isSized) await takeLog()
      await prepareStep(size)
      const placed = placeBatch(batch, 0)
      const { learningRate, momentum, weightDecay, shortcutStrengths, dropoutKey } = controls
      for (const group of groups)
        group.draw({
          pass: 'training',
          batch: placed,
          strengths: strengthsOf(group, shortcutStrengths),
          uniforms: { rates: [learningRate, momentum, weightDecay, 0], dropping: [dropoutKey | 0, 1] },
          column: logged.length,
        })
      logged.push(size)
    },
    async readMeasurements() {
      await takeLog()
      const rows = taken
      taken = []
      return rows
    },
    async evaluate(request) {
      if (request.statisticsBatches.length === 0)
        throw new Error('An evaluation needs at least one batch to take statistics from.')
      const results = new Map<number, { readonly training: Measurement; readonly validation: Measurement }>()
      for (const group of groups) {
        const ofGroup = await evaluateGroup(group, request)
        group.members.forEach((network, member) => {
          const [ofTraining, ofValidation] = [ofGroup.training[member], ofGroup.validation[member]]
          if (ofTraining !== undefined && ofValidation !== undefined)
            results.set(network, { training: ofTraining, validation: ofValidation })
        })
      }
      return plans.flatMap((_, network) => results.get(network) ?? [])
    },
    async readGradients(network, batch, strengths, dropoutKey = 0) {
      const { group, member } = placeOf(network)
      const size = batch.indices.length
      await group.prepare(size, ['differentiating'])
      const read = group.draw({
        pass: 'differentiating',
        batch: placeBatch(batch, 0),
        strengths: group.members.map(() => strengths),
        uniforms: { dropping: [dropoutKey | 0, 1] },
      })
      const { forward } = group.passPlan(size, 'differentiating')
      const gradients = group.requestStatePlane(size, read(group.foldedOf(size)), member)
      const logits = group.requestLogits(size, read(forward.logits), member)
      await device.readback.finish()
      return { gradients: gradients(), logits: logits() }
    },
    async readLogits(network, batch, strengths) {
      const { group, member } = placeOf(network)
      const size = batch.indices.length
      await group.prepare(size, ['inferring'])
      const read = group.draw({
        pass: 'inferring',
        batch: placeBatch(batch, 0),
        strengths: group.members.map(() => strengths),
      })
      const logits = group.requestLogits(size, read(group.passPlan(size, 'inferring').forward.logits), member)
      await device.readback.finish()
      return logits()
    },
    async readActivations(network, batch, strengths) {
      const { group, member } = placeOf(network)
      const size = batch.indices.length
      await group.prepare(size, ['observing'])
      const read = group.draw({
        pass: 'observing',
        batch: placeBatch(batch, 0),
        strengths: group.members.map(() => strengths),
      })
      const requested = [...group.passPlan(size, 'observing').forward.activations]
        .filter(([name]) => name !== 'input')
        .map(
          ([name, { buffer, grid }]) => [name, group.requestActivation(read(buffer), grid, member)] as const,
        )
      await device.readback.finish()
      return new Map(requested.map(([name, values]) => [name, values()]))
    },
    async readState(network): Promise<NetworkState> {
      const { group, member } = placeOf(network)
      const state = group.requestState(images, member)
      await device.readback.finish()
      return state()
    },
    async writeState(network, state) {
      const { group, member } = placeOf(network)
      group.writeState(images, member, state)
    },
    memory: () => ({ tensors: device.textures.count(), bytes: device.textures.bytes() }),
    dispose: () => device.dispose(),
  }
}

const planAt = (plans: readonly NetworkPlan[], index: number): NetworkPlan => {
  const plan = plans[index]
  if (plan === undefined) throw new Error(`There is no network ${index + 1}.`)
  return plan
}
