import { createNativeNetwork } from '../engine/native/createNativeNetwork.ts'
import { createNetworkServer } from './createNetworkServer.ts'
import type { NetworkCommand } from './networkMessages.ts'
import { startHelper } from './startHelper.ts'

/** A worker that trains networks: everything that it hears and says is in `networkMessages.ts`. */
const server = createNetworkServer({
  send: (reply, transfer) => postMessage(reply, transfer),
  createNetwork: (order) => createNativeNetwork({ ...order, startHelper }),
})

addEventListener('message', ({ data }: MessageEvent<NetworkCommand>) => server.receive(data))
