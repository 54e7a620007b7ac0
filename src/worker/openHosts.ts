import type { NetworkPlan } from '../domain/networkPlan.ts'
import type { TensorValues } from '../domain/parameters.ts'
import { flatten, parameterLayout } from '../engine/flatLayout.ts'
import { hostHere, type NetworkHost } from '../engine/native/networkHost.ts'
import type { CrewPlace } from '../engine/native/planCrew.ts'
import { hostInWorker } from './hostInWorker.ts'
import type { NetworkFactory, NetworkRequest } from './networkFactory.ts'
import type { NetworkPool, TakenWorkers } from './networkPool.ts'
import { WorkersUnavailable } from './workersUnavailable.ts'

export interface HostsRequest {
  readonly plans: readonly NetworkPlan[]
  readonly initial: readonly TensorValues[]
  /** Where each network is to train: `planCrew`. */
  readonly places: readonly CrewPlace[]
  /** Images of the largest batch. */
  readonly batchSize: number
  /** The engine, compiled for memory that threads share or for memory that they do not. */
  readonly loadEngine: (isShared: boolean) => Promise<WebAssembly.Module>
  readonly pool: NetworkPool
  /** Makes the networks in this thread where no workers can be had. */
  readonly createNetwork: NetworkFactory
}

export interface OpenHosts {
  /** One a network; when the last is disposed, the workers go back to the pool. */
  readonly hosts: readonly NetworkHost[]
  /** Why the networks train in this thread, one after the other, each with one thread; null where they train in workers. */
  readonly whyHere: string | null
}

/** Makes the networks of an experiment, each in its worker; in this thread where there are no workers. */
export const openHosts = async (request: HostsRequest): Promise<OpenHosts> => {
  const { pool, places, createNetwork } = request
  let taken: TakenWorkers
  try {
    taken = await pool.take(Math.max(0, ...places.map(({ worker }) => worker + 1)))
  } catch (error) {
    if (!(error instanceof WorkersUnavailable)) throw error
    const orders = await ordersOf({ ...request, places: places.map(() => ({ worker: 0, threads: 1 })) })
    const hosts = await makeAll(orders, async ({ order }) => hostHere(await createNetwork(order)))
    return { hosts, whyHere: error.message }
  }
  try {
    const hosts = await makeAll(await ordersOf(request), async ({ order, worker }) => {
      const client = taken.clients[worker]
      if (client === undefined) throw new Error(`There is no worker ${worker}.`)
      return hostInWorker(client, order)
    })
    return { hosts: whenAllDisposed(hosts, taken.giveBack), whyHere: null }
  } catch (error) {
    taken.giveBack()
    throw error
  }
}

interface PlacedOrder {
  readonly order: NetworkRequest
  readonly worker: number
}

const ordersOf = async (request: HostsRequest): Promise<readonly PlacedOrder[]> => {
  const { plans, initial, places, batchSize, loadEngine } = request
  const engines = new Map<boolean, WebAssembly.Module>()
  for (const isShared of new Set(places.map(({ threads }) => threads > 1)))
    engines.set(isShared, await loadEngine(isShared))
  return plans.map((plan, index) => {
    const [values, place] = [initial[index], places[index]]
    const module = engines.get((place?.threads ?? 1) > 1)
    if (values === undefined || place === undefined || module === undefined)
      throw new Error(`Network ${index + 1} has no initial weights or no place.`)
    const { worker, threads } = place
    const flat = flatten(parameterLayout(plan), values)
    return { worker, order: { module, plan, initial: flat, batchSize, threads } }
  })
}

/** All at once; where one cannot be made, the others are ended again. */
const makeAll = async (
  orders: readonly PlacedOrder[],
  make: (placed: PlacedOrder) => Promise<NetworkHost>,
): Promise<readonly NetworkHost[]> => {
  const made = await Promise.allSettled(orders.map(make))
  const hosts = made.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const failure = made.find((one) => one.status === 'rejected')
  if (failure === undefined) return hosts
  for (const host of hosts) host.dispose().catch(() => {})
  throw failure.reason
}

/** What a worker is asked next waits until its networks have ended, so it can be given back as soon as they are told to. */
const whenAllDisposed = (hosts: readonly NetworkHost[], giveBack: () => void): readonly NetworkHost[] => {
  const living = new Set(hosts.keys())
  return hosts.map((host, index) => ({
    ...host,
    dispose: () => {
      const disposed = host.dispose()
      living.delete(index)
      if (living.size === 0) giveBack()
      return disposed
    },
  }))
}
