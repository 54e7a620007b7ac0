import { createNetworkClient, type NetworkClient, type NetworkWorkerPort } from './createNetworkClient.ts'
import { WorkersUnavailable } from './workersUnavailable.ts'

/** Workers that nobody else uses until they are given back. */
export interface TakenWorkers {
  readonly clients: readonly NetworkClient[]
  /** Once their networks have been told to end; those need not have ended yet. */
  readonly giveBack: () => void
}

/** Workers for networks, kept from run to run, so that a second run starts at once. */
export interface NetworkPool {
  /** Throws `WorkersUnavailable` where they cannot be started. */
  readonly take: (count: number) => Promise<TakenWorkers>
  /** Ends all workers, those that are taken too. */
  readonly dispose: () => void
}

export interface NetworkPoolOptions {
  /** Starts a worker; throws where there are none. */
  readonly spawn: () => NetworkWorkerPort
  /** How long a worker may take until it answers for the first time. */
  readonly startDeadlineMs?: number
}

export const createNetworkPool = ({ spawn, startDeadlineMs = 10_000 }: NetworkPoolOptions): NetworkPool => {
  const all = new Set<NetworkClient>()
  let idle: readonly NetworkClient[] = []
  let isDisposed = false

  const start = async (): Promise<NetworkClient> => {
    const client = createNetworkClient(spawn())
    all.add(client)
    try {
      await answersWithin(client, startDeadlineMs)
      return client
    } catch (error) {
      client.end()
      all.delete(client)
      throw error
    }
  }

  const giveBack = (clients: readonly NetworkClient[]): void => {
    for (const client of clients) if (client.isOver()) all.delete(client)
    idle = [...idle, ...clients].filter((client) => !client.isOver())
  }

  return {
    async take(count) {
      if (isDisposed) throw new WorkersUnavailable('The workers were ended.')
      const usable = idle.filter((client) => !client.isOver())
      const kept = usable.slice(0, count)
      idle = usable.slice(count)
      const started = await Promise.allSettled(Array.from({ length: count - kept.length }, start))
      const clients = [...kept, ...started.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))]
      const failure = started.find((one) => one.status === 'rejected')
      let isTaken = true
      const taken: TakenWorkers = {
        clients,
        giveBack: () => {
          if (isTaken) giveBack(clients)
          isTaken = false
        },
      }
      if (failure === undefined) return taken
      taken.giveBack()
      const { reason } = failure
      throw new WorkersUnavailable(
        `No worker could be started (${reason instanceof Error ? reason.message : String(reason)}).`,
      )
    },
    dispose() {
      isDisposed = true
      for (const client of all) client.end()
      all.clear()
      idle = []
    },
  }
}

/** A script that is blocked or missing does not always say so. */
const answersWithin = (client: NetworkClient, deadlineMs: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`it did not answer within ${deadlineMs / 1000} seconds`)),
      deadlineMs,
    )
    client
      .ask({ verb: 'ping', args: [] })
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
