import { afterEach, describe, expect, it } from 'vitest'
import { initialParameters } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { createNativeExecutor } from '../engine/native/createNativeExecutor.ts'
import { planCrew } from '../engine/native/planCrew.ts'
import { createFakeNativeNetwork } from '../engine/testing/fakeNativeNetwork.ts'
import { smallBatch, smallControls } from '../engine/testing/smallExecutor.ts'
import { smallImages, smallSpec } from '../engine/testing/smallExperiment.ts'
import type { NetworkWorkerPort } from './createNetworkClient.ts'
import type { NetworkFactory } from './networkFactory.ts'
import { createNetworkPool, type NetworkPool } from './networkPool.ts'
import { type HostsRequest, openHosts } from './openHosts.ts'
import { type ChannelWorker, openChannelWorker } from './testing/channelWorker.ts'
import { createFakeNetwork, emptyModule } from './testing/fakeNetworkOrder.ts'

const spec = smallSpec({ imageSize: 3, width: 1 })
const plans = [
  spec,
  smallSpec({ imageSize: 3, width: 1, shortcut: 'none' }),
  smallSpec({ imageSize: 3, width: 2 }),
].map(planLayers)
const initial = plans.map((plan) => initialParameters(plan, 1))
const strengths = plans.map(({ blocks }) => blocks.map(() => 1))

interface Bench {
  readonly pool: NetworkPool
  readonly workers: readonly ChannelWorker[]
  /** Networks that live, by worker. */
  readonly living: readonly number[]
}

const opened: ChannelWorker[] = []
afterEach(() => {
  for (const { port } of opened.splice(0)) port.terminate()
})

const openBench = (createNetwork: NetworkFactory = createFakeNetwork): Bench => {
  const living: number[] = []
  const workers: ChannelWorker[] = []
  const spawn = (): NetworkWorkerPort => {
    const index = living.push(0) - 1
    const worker = openChannelWorker(async (order) => {
      const network = await createNetwork(order)
      living[index] = (living[index] ?? 0) + 1
      return {
        ...network,
        dispose: () => {
          living[index] = (living[index] ?? 0) - 1
        },
      }
    })
    workers.push(worker)
    opened.push(worker)
    return worker.port
  }
  return { pool: createNetworkPool({ spawn }), workers, living }
}

/** Workers of the three networks, by how many there are. */
const workersOf: Readonly<Record<number, readonly number[]>> = { 1: [0, 0, 0], 2: [1, 1, 0], 3: [0, 1, 2] }

const requestFor = (
  pool: NetworkPool,
  workers: number,
  changes: Partial<HostsRequest> = {},
): HostsRequest => ({
  plans,
  initial,
  places: (workersOf[workers] ?? []).map((worker) => ({ worker, threads: 1 })),
  batchSize: 8,
  loadEngine: async () => emptyModule,
  pool,
  createNetwork: createFakeNetwork,
  ...changes,
})

/** Trains a little, and gives what came out. */
const train = async (hosts: HostsRequest) => {
  const executor = await createNativeExecutor(
    { plans, initial, training: smallImages(spec), validation: smallImages(spec, 12, 8) },
    { hosts: (await openHosts(hosts)).hosts, yieldToMessages: async () => {} },
  )
  for (let step = 0; step < 4; step++) await executor.step(smallBatch(step), smallControls(strengths))
  const measured = await executor.readMeasurements()
  const states = await Promise.all(plans.map((_, network) => executor.readState(network)))
  return { executor, result: { measured, states } }
}

describe('hosts', () => {
  it('live where they were planned, and train alike wherever that is', async () => {
    const { pool, living } = openBench()
    const results: unknown[] = []
    for (const [count, expected] of [
      [1, [3]],
      [2, [1, 2]],
      [3, [1, 1, 1]],
    ] as const) {
      const { executor, result } = await train(requestFor(pool, count))
      expect(living).toEqual(expected)
      results.push(result)
      executor.dispose()
    }
    const none = createNetworkPool({
      spawn: () => {
        throw new Error('none here')
      },
    })
    results.push((await train(requestFor(none, 3))).result)
    for (const result of results) expect(result).toEqual(results[0])
  })

  it('give their workers back when all are disposed, for the next run', async () => {
    const { pool, workers, living } = openBench()
    const first = await openHosts(requestFor(pool, 3))
    expect(first.whyHere).toBeNull()
    await first.hosts[0]?.dispose()
    await first.hosts[1]?.dispose()
    const second = await openHosts(requestFor(pool, 2))
    expect(workers).toHaveLength(5)
    await first.hosts[2]?.dispose()
    const third = await openHosts(requestFor(pool, 3))
    expect(workers).toHaveLength(5)
    expect(living).toEqual([1, 1, 1, 1, 2])
    for (const host of [...second.hosts, ...third.hosts]) await host.dispose()
    expect(living).toEqual([0, 0, 0, 0, 0])
  })

  it('are in this thread, with one thread each, where no workers can be had', async () => {
    const threads: number[] = []
    const pool = createNetworkPool({
      spawn: () => {
        throw new Error('none here')
      },
    })
    const places = planCrew({ cores: 16, canShareMemory: true, costs: [1, 1, 1] })
    expect(places.map((place) => place.threads)).toEqual([4, 4, 4])
    const { hosts, whyHere } = await openHosts(
      requestFor(pool, 16, {
        places,
        createNetwork: (order) => {
          threads.push(order.threads)
          return createFakeNativeNetwork(order)
        },
      }),
    )
    expect(hosts).toHaveLength(3)
    expect(threads).toEqual([1, 1, 1])
    expect(whyHere).toBe('No worker could be started (none here).')
  })

  it('load the engine once for each kind of memory that is needed', async () => {
    const { pool } = openBench()
    const loaded: boolean[] = []
    const loadEngine = async (isShared: boolean): Promise<WebAssembly.Module> => {
      loaded.push(isShared)
      return emptyModule
    }
    const placesOn = (cores: number) => planCrew({ cores, canShareMemory: true, costs: [1, 1, 4] })
    await openHosts(requestFor(pool, 6, { loadEngine, places: placesOn(6) }))
    expect(loaded).toEqual([false, true])
    await openHosts(requestFor(pool, 2, { loadEngine, places: placesOn(2) }))
    expect(loaded).toEqual([false, true, false])
  })

  it('are ended again where one of them cannot be made', async () => {
    let made = 0
    const { pool, workers, living } = openBench((order) => {
      made += 1
      if (made === 2) throw new Error('no memory for it')
      return createFakeNativeNetwork(order)
    })
    await expect(openHosts(requestFor(pool, 3))).rejects.toThrow('no memory for it')
    const { hosts } = await openHosts(requestFor(pool, 3))
    expect(workers).toHaveLength(3)
    expect(living).toEqual([1, 1, 1])
    for (const host of hosts) await host.dispose()
  })

  it('leave the other workers to the pool when one breaks in mid-step', async () => {
    const { pool, workers, living } = openBench()
    const { executor } = await train(requestFor(pool, 3))
    const step = executor.step(smallBatch(0), smallControls(strengths))
    workers[2]?.crash('gone')
    await step
    await expect(executor.readMeasurements()).rejects.toThrow('the worker of a network broke: gone')
    executor.dispose()
    await openHosts(requestFor(pool, 3))
    expect(workers).toHaveLength(4)
    expect(living.toSpliced(2, 1)).toEqual([1, 1, 1])
  })
})
