import type { FlatLayout } from '../flatLayout.ts'
import type { NetworkHost } from './networkHost.ts'

/** A network, and how its flat vectors are laid out. */
export interface HostedNetwork {
  readonly host: NetworkHost
  readonly parameters: FlatLayout
  readonly statistics: FlatLayout
}

/**
 * Asks all networks the same at once, and gives their answers in order of the networks. Waits for all of them even where one fails, and
 * then throws the failure of the first: which one it is does not depend on who was faster.
 */
export const askAll = async <T>(
  networks: readonly HostedNetwork[],
  ask: (network: HostedNetwork, index: number) => Promise<T>,
): Promise<readonly T[]> => {
  const answers = await Promise.allSettled(networks.map(async (network, index) => ask(network, index)))
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  })
}
