import { connectWorker } from '../protocol/workerPort.ts'
import type { NetworkWorkerPort } from './createNetworkClient.ts'
import type { NetworkCommand, NetworkReply } from './networkMessages.ts'

/** Starts a worker for networks; throws where this thread cannot have workers of its own. */
export const spawnNetworkWorker = (): NetworkWorkerPort => {
  if (typeof Worker === 'undefined') throw new Error('a worker cannot start others in this browser')
  return connectWorker<NetworkCommand, NetworkReply>(
    new Worker(new URL('./networkWorker.ts', import.meta.url), { type: 'module' }),
  )
}
