import { type ActivationName, inputsOf, type NetworkPlan } from '../../domain/networkPlan.ts'

/** How the channels of an activation lie in the engine: each group is filled up to a multiple of four with channels that stay zero. */
export interface ChannelLayout {
  readonly channels: number
  readonly groups: number
  /** Channels of a group, without and with padding. */
  readonly groupChannels: number
  readonly paddedGroup: number
  /** All channels with padding. */
  readonly padded: number
}

export const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple

export const channelLayout = (channels: number, groups = 1): ChannelLayout => {
  const groupChannels = channels / groups
  const paddedGroup = roundUp(groupChannels, 4)
  return { channels, groups, groupChannels, paddedGroup, padded: groups * paddedGroup }
}

/** Where a channel lies among the padded ones. */
export const placeOf = ({ groupChannels, paddedGroup }: ChannelLayout, channel: number): number =>
  Math.floor(channel / groupChannels) * paddedGroup + (channel % groupChannels)

/**
 * The layout of every activation. What a grouped convolution reads and writes is padded group by group, and so is everything that
 * only normalises, activates or scales it on the way.
 */
export const channelLayouts = ({
  spec,
  operations,
}: NetworkPlan): ReadonlyMap<ActivationName, ChannelLayout> => {
  const groupsOf = new Map<ActivationName, number>()
  const spread = (output: ActivationName, groups: number): void => {
    let name = output
    for (;;) {
      groupsOf.set(name, groups)
      const writer = operations.find((operation) => operation.output === name)
      if (writer === undefined || !keepsChannels(writer.kind)) return
      name = inputsOf(writer)[0] ?? name
    }
  }
  for (const operation of operations)
    if (operation.kind === 'conv' && operation.groups > 1) {
      spread(operation.input, operation.groups)
      groupsOf.set(operation.output, operation.groups)
    } else if (keepsChannels(operation.kind)) {
      const groups = groupsOf.get(inputsOf(operation)[0] ?? '')
      if (groups !== undefined) groupsOf.set(operation.output, groups)
    }
  const layouts = new Map<ActivationName, ChannelLayout>([['input', channelLayout(spec.channels)]])
  for (const operation of operations) {
    const channels = 'outputChannels' in operation ? operation.outputChannels : operation.channels
    layouts.set(operation.output, channelLayout(channels, groupsOf.get(operation.output) ?? 1))
  }
  return layouts
}

const keepsChannels = (kind: string): boolean => kind === 'norm' || kind === 'relu' || kind === 'multiplier'
