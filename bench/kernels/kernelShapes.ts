import type { ConvOperation, NetworkPlan } from '../../src/domain/networkPlan.ts'
import { defaultOptions, type NetworkOptions } from '../../src/domain/networkSpec.ts'
import { planLayers } from '../../src/domain/planLayers.ts'
import type { KernelShape } from './KernelRow.ts'

/** A network, and those of its convolutions that no network before it has. */
export interface KernelSource {
  readonly plan: NetworkPlan
  readonly convs: readonly ConvOperation[]
}

export const shapeOf = (conv: ConvOperation): KernelShape => ({
  kernelSize: conv.kernelSize,
  stride: conv.stride,
  groups: conv.groups,
  side: conv.inputSide,
  inputChannels: conv.inputChannels,
  channels: conv.outputChannels,
})

const planOf = (width: number, options: Partial<NetworkOptions>): NetworkPlan =>
  planLayers({
    ...defaultOptions,
    ...options,
    shortcut: 'B',
    stem: 'small',
    blocksPerStage: [2, 2, 2],
    width,
    imageSize: 16,
    channels: 3,
    classes: 10,
  })

/** Every convolution of the networks that the lab is mostly asked for; `quick` leaves out the wide ones. */
export const kernelSources = (isQuick: boolean): readonly KernelSource[] => {
  const plans = [
    planOf(8, {}),
    planOf(4, {}),
    planOf(4, { block: 'resnext' }),
    ...(isQuick ? [] : [planOf(16, {}), planOf(8, { block: 'bottleneck' }), planOf(8, { block: 'resnext' })]),
  ]
  const seen = new Set<string>()
  return plans.map((plan) => ({
    plan,
    convs: plan.operations.flatMap((operation) => {
      if (operation.kind !== 'conv') return []
      const key = Object.values(shapeOf(operation)).join()
      if (seen.has(key)) return []
      seen.add(key)
      return [operation]
    }),
  }))
}
