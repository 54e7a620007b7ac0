import type { NetworkWorkerPort } from '../createNetworkClient.ts'
import { createNetworkServer } from '../createNetworkServer.ts'
import type { NetworkFactory } from '../networkFactory.ts'
import type { NetworkCommand, NetworkReply } from '../networkMessages.ts'

/** For tests: a worker that runs in this thread, behind a real channel, so that all it is told and says is copied or given away. */
export interface ChannelWorker {
  readonly port: NetworkWorkerPort
  readonly crash: (message: string) => void
  readonly isTerminated: () => boolean
  /** Messages that have come in. */
  readonly received: () => number
}

/** `delay`: waited for before each message is heard, on either side; the order of messages stays. */
export const openChannelWorker = (
  createNetwork: NetworkFactory,
  delay: () => Promise<void> = async () => {},
): ChannelWorker => {
  const { port1: here, port2: there } = new MessageChannel()
  let crash: (message: string) => void = () => {}
  let isTerminated = false
  let received = 0
  const server = createNetworkServer({
    send: (reply, transfer) => there.postMessage(reply, transfer),
    createNetwork,
  })
  const delayed = <Message>(hear: (message: Message) => void): ((event: MessageEvent<Message>) => void) => {
    let last: Promise<void> = Promise.resolve()
    return ({ data }) => {
      last = last.then(delay).then(() => {
        if (!isTerminated) hear(data)
      })
    }
  }
  there.onmessage = delayed((command: NetworkCommand) => {
    received += 1
    server.receive(command)
  })
  return {
    port: {
      post: (command) => here.postMessage(command),
      listen: (listener) => {
        here.onmessage = delayed((reply: NetworkReply) => listener.event(reply))
        crash = listener.crash
      },
      terminate: () => {
        isTerminated = true
        here.close()
        there.close()
      },
    },
    crash: (message) => crash(message),
    isTerminated: () => isTerminated,
    received: () => received,
  }
}
