import { countNetwork } from '../domain/countNetwork.ts'
import { createNativeExecutor } from '../engine/native/createNativeExecutor.ts'
import { createNativeNetwork } from '../engine/native/createNativeNetwork.ts'
import { loadEngine } from '../engine/native/loadEngine.ts'
import { plannedBytes } from '../engine/native/networkPrograms.ts'
import { type CrewPlace, planCrew } from '../engine/native/planCrew.ts'
import { NotEnoughMemory } from '../engine/notEnoughMemory.ts'
import type { NetworkPool } from './networkPool.ts'
import { openHosts } from './openHosts.ts'
import type { DeviceRequest, OpenDevice } from './trainingDevice.ts'

/** The machine as the engine uses it. */
export interface NativeMachine {
  readonly cores: number
  /** Whether threads may share memory: the page is isolated from other origins. */
  readonly canShareMemory: boolean
  readonly pool: NetworkPool
}

/** Addresses have 32 bits. */
const mostBytes = 2 ** 32 - 2 ** 16

const placesOf = (
  plans: DeviceRequest['plans'],
  { cores, canShareMemory }: NativeMachine,
): readonly CrewPlace[] =>
  planCrew({ cores, canShareMemory, costs: plans.map((plan) => countNetwork(plan).multiplyAdds) })

/** Starts the workers that these networks will be given. */
export const warmNative = async (
  { plans }: Pick<DeviceRequest, 'plans'>,
  machine: NativeMachine,
): Promise<void> => {
  const taken = await machine.pool.take(workersOf(placesOf(plans, machine)))
  taken.giveBack()
}

/** The lab's own engine: every network in a worker of its own, with threads where cores are left. */
export const openNative = (
  { plans, batchSize }: Pick<DeviceRequest, 'plans' | 'batchSize'>,
  machine: NativeMachine,
  reason: string,
): OpenDevice => {
  const { cores, pool } = machine
  const places = placesOf(plans, machine)
  const bytes = plans.map((plan, network) => plannedBytes(plan, batchSize, places[network]?.threads ?? 1))
  const largest = Math.max(0, ...bytes)
  return {
    plannedBytes: bytes.reduce((sum, ofNetwork) => sum + ofNetwork, 0),
    isLost: () => false,
    onLost: () => () => {},
    createExecutor: async (request, breathe) => {
      const { initial } = request
      if (largest > mostBytes)
        throw new NotEnoughMemory(
          `One network of this experiment would take ${(largest / 1e9).toFixed(1)} GB, and a network in WebAssembly can have ${(mostBytes / 1e9).toFixed(1)} GB.`,
        )
      const { hosts, whyHere } = await openHosts({
        plans,
        initial,
        places,
        batchSize,
        loadEngine,
        pool,
        createNetwork: createNativeNetwork,
      })
      return {
        executor: await createNativeExecutor(request, { hosts, yieldToMessages: breathe }),
        facts: {
          executor: 'native',
          backend: 'wasm',
          device: `${cores} ${cores === 1 ? 'core' : 'cores'}`,
          reason,
          reproducible: true,
          threads: whyHere === null ? threadsOf(places) : 1,
        },
      }
    },
  }
}

const workersOf = (places: readonly CrewPlace[]): number => new Set(places.map(({ worker }) => worker)).size

/** Workers, and the helpers of those that have some. */
const threadsOf = (places: readonly CrewPlace[]): number =>
  workersOf(places) + places.reduce((sum, { threads }) => sum + threads - 1, 0)
