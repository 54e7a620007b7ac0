import { expect, it } from 'vitest'
import { createNativeExecutor } from '../engine/native/createNativeExecutor.ts'
import { createNativeNetwork } from '../engine/native/createNativeNetwork.ts'
import { goldenDigest } from '../engine/native/goldenDigest.ts'
import { loadEngine } from '../engine/native/loadEngine.ts'
import type { CrewPlace } from '../engine/native/planCrew.ts'
import { goldenRun } from '../engine/testing/goldenRun.ts'
import { createNetworkPool } from './networkPool.ts'
import { openHosts } from './openHosts.ts'
import { spawnNetworkWorker } from './spawnNetworkWorker.ts'

const digestIn = async (name: keyof typeof goldenDigest, places: readonly CrewPlace[]): Promise<string> => {
  const pool = createNetworkPool({ spawn: spawnNetworkWorker })
  try {
    return await goldenRun(name, async (request) => {
      const { hosts, whyHere } = await openHosts({
        ...request,
        places,
        batchSize: 64,
        loadEngine,
        pool,
        createNetwork: createNativeNetwork,
      })
      if (whyHere !== null) throw new Error(whyHere)
      return createNativeExecutor(request, { hosts })
    })
  } finally {
    pool.dispose()
  }
}

it('may have threads that share memory', () => {
  expect(crossOriginIsolated).toBe(true)
})

it('the workers of the page leave the same weights: each network in its own, with one, two and four threads', async () => {
  const places = [1, 2, 4].map((threads, worker) => ({ worker, threads }))
  expect(await digestIn('default', places)).toBe(goldenDigest.default)
})

it('the workers of the page leave the same weights: two workers for three networks', async () => {
  const places = [0, 1, 0].map((worker) => ({ worker, threads: 1 }))
  expect(await digestIn('augmented', places)).toBe(goldenDigest.augmented)
})
