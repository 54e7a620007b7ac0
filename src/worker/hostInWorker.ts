import type { NetworkHost } from '../engine/native/networkHost.ts'
import type { NetworkClient } from './createNetworkClient.ts'
import type { NetworkRequest } from './networkFactory.ts'
import type { NetworkAnswer } from './networkMessages.ts'

/** Makes a network in a worker, beside those that are there already. What it is asked is sent as a copy: the caller's stays whole. */
export const hostInWorker = async (
  client: NetworkClient,
  { plan, ...order }: NetworkRequest,
): Promise<NetworkHost> => {
  const created = await client.ask({ verb: 'create', args: [{ spec: plan.spec, ...order }] })
  const network = created.result
  let bytes = created.memoryBytes
  const resultOf = async <Answer extends NetworkAnswer>(
    asked: Promise<Answer>,
  ): Promise<Answer['result']> => {
    const { result, memoryBytes } = await asked
    bytes = memoryBytes
    return result
  }
  return {
    step: (...args) => resultOf(client.ask({ verb: 'step', args: [network, ...args] })),
    differentiate: (...args) => resultOf(client.ask({ verb: 'differentiate', args: [network, ...args] })),
    observe: (...args) => resultOf(client.ask({ verb: 'observe', args: [network, ...args] })),
    batchStatistics: (...args) => resultOf(client.ask({ verb: 'batchStatistics', args: [network, ...args] })),
    infer: (...args) => resultOf(client.ask({ verb: 'infer', args: [network, ...args] })),
    readState: () => resultOf(client.ask({ verb: 'readState', args: [network] })),
    writeState: (...args) => resultOf(client.ask({ verb: 'writeState', args: [network, ...args] })),
    dispose: () => resultOf(client.ask({ verb: 'dispose', args: [network] })),
    memoryBytes: () => bytes,
  }
}
