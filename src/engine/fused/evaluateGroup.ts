import { statisticsOf } from '../../domain/parameters.ts'
import type { EvaluationRequest, EvaluationResult, Measurement } from '../executor.ts'
import type { YieldToMessages } from '../yieldToMessages.ts'
import type { FusedDevice } from './fusedDevice.ts'
import type { FusedNetworks } from './fusedNetworks.ts'
import type { NetworkGroup } from './networkGroup.ts'

/** Passes that are drawn before one waits for them, so that a message is not kept waiting for long. */
const passesAtOnce = 8

export interface EvaluateGroupRequest {
  readonly group: NetworkGroup
  readonly networks: FusedNetworks
  readonly device: FusedDevice
  readonly request: EvaluationRequest
  /** Of a pass: those of a training step, whose textures are there. */
  readonly images: number
  readonly yieldToMessages: YieldToMessages
}

/** Error of all networks of a group on the two subsets, by statistics that are recomputed first. One result a member. */
export const evaluateGroup = async (work: EvaluateGroupRequest): Promise<readonly EvaluationResult[]> => {
  const { group, request } = work
  const strengths = group.members.map((network) => request.shortcutStrengths[network] ?? [])
  if (statisticsOf(group.plan).length > 0) await collectStatistics(work, strengths)
  await group.prepare(work.images, ['evaluating'])
  const training = await measure(work, 0, request.trainingIndices, strengths)
  const validation = await measure(work, 1, request.validationIndices, strengths)
  return group.members.map((_, member) => ({
    training: training[member] ?? nothing,
    validation: validation[member] ?? nothing,
  }))
}

const nothing: Measurement = { loss: Number.NaN, error: Number.NaN }

type Strengths = readonly (readonly number[])[]

const collectStatistics = async (
  { group, networks, request: { statisticsBatches }, yieldToMessages }: EvaluateGroupRequest,
  strengths: Strengths,
): Promise<void> => {
  for (const [index, indices] of statisticsBatches.entries()) {
    await group.prepare(indices.length, ['collecting'])
    group.draw({
      pass: 'collecting',
      batch: networks.placeBatch({ indices, augmentation: null }, 0),
      strengths,
      uniforms: { share: [1 / statisticsBatches.length, index] },
    })
    await yieldToMessages()
  }
}

const measure = async (
  { group, networks, device, images, yieldToMessages }: EvaluateGroupRequest,
  split: 0 | 1,
  indices: Int32Array,
  strengths: Strengths,
): Promise<readonly Measurement[]> => {
  const sums = group.members.map(() => ({ loss: 0, wrong: 0 }))
  const passes = Math.ceil(indices.length / images)
  for (let first = 0; first < passes; first += passesAtOnce) {
    const drawn = Math.min(passesAtOnce, passes - first)
    for (let pass = 0; pass < drawn; pass++) {
      const from = (first + pass) * images
      // The last pass is filled up with images that are not counted.
      const filled = Int32Array.from(
        { length: images },
        (_, place) => indices[Math.min(from + place, indices.length - 1)] ?? 0,
      )
      group.draw({
        pass: 'evaluating',
        batch: networks.placeBatch({ indices: filled, augmentation: null }, split),
        strengths,
        uniforms: { counted: Math.min(images, indices.length - from) },
        column: pass,
      })
    }
    const log = group.requestLog('evaluationLog', drawn)
    await device.readback.finish()
    sums.forEach((sum, member) => {
      for (let pass = 0; pass < drawn; pass++) {
        const at = 4 * (member * drawn + pass)
        sum.loss += log[at] ?? Number.NaN
        sum.wrong += log[at + 1] ?? Number.NaN
      }
    })
    await yieldToMessages()
  }
  return sums.map(({ loss, wrong }) => ({
    loss: loss / indices.length,
    error: (100 * wrong) / indices.length,
  }))
}
