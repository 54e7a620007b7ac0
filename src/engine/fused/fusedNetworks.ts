import type { ImageSet } from '../../datasets/dataset.ts'
import type { NetworkPlan } from '../../domain/networkPlan.ts'
import type { Batch, ExecutorRequest } from '../executor.ts'
import type { FusedDevice } from './fusedDevice.ts'
import { groupsOf } from './fusedSupport.ts'
import { type ImagesOnDevice, imagesOnDevice } from './imagesOnDevice.ts'
import { NetworkGroup, type PlacedBatch } from './networkGroup.ts'
import type { FusedLimits } from './passPlanner.ts'

/** Largest batch that a large data set is handed over in. */
const mostImages = 512

export interface FusedNetworksRequest extends Omit<ExecutorRequest, 'initial'> {
  readonly device: FusedDevice
  readonly limits: FusedLimits
  /** Of a batch, as far as it is known. */
  readonly images: number
  /** What each split may take on the device as a whole. */
  readonly residentBytes: number
}

/** The networks of an executor in groups of one shape, and the data set that all of them are trained on. */
export class FusedNetworks {
  readonly groups: readonly NetworkGroup[]
  private readonly splits: readonly { readonly set: ImageSet; readonly onDevice: ImagesOnDevice }[]

  constructor(request: FusedNetworksRequest) {
    const { plans, training, validation, device, limits, images, residentBytes } = request
    const { maxTextureSide } = limits
    const { textures } = device
    this.splits = [training, validation].map((set) => ({
      set,
      onDevice: imagesOnDevice({ set, textures, maxTextureSide, residentBytes, mostImages }),
    }))
    device.images = { ...device.images, textures: this.splits.map(({ onDevice }) => onDevice.texture) }
    this.groups = groupsOf(plans, limits, images).map(
      (members) => new NetworkGroup(device, planAt(plans, members[0] ?? 0), members, limits),
    )
  }

  /** Where a network of the executor is. */
  placeOf(network: number): { readonly group: NetworkGroup; readonly member: number } {
    for (const group of this.groups) {
      const member = group.members.indexOf(network)
      if (member >= 0) return { group, member }
    }
    throw new Error(`There is no network ${network + 1}.`)
  }

  /** Makes a batch of the training (0) or the validation images (1) ready to be drawn. */
  placeBatch(batch: Batch, split: 0 | 1): PlacedBatch {
    const ofSplit = this.splits[split]
    if (ofSplit === undefined) throw new Error('There are two splits.')
    const { set, onDevice } = ofSplit
    return {
      split,
      indices: onDevice.indicesOf(batch),
      labels: Int32Array.from(batch.indices, (index) => set.labels[index] ?? 0),
      augmentation: batch.augmentation,
      lineBits: onDevice.lineBits,
    }
  }
}

const planAt = (plans: readonly NetworkPlan[], index: number): NetworkPlan => {
  const plan = plans[index]
  if (plan === undefined) throw new Error(`There is no network ${index + 1}.`)
  return plan
}
