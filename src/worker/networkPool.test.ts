import { afterEach, expect, it, vi } from 'vitest'
import type { NetworkWorkerPort } from './createNetworkClient.ts'
import { createNetworkPool } from './networkPool.ts'
import { type ChannelWorker, openChannelWorker } from './testing/channelWorker.ts'
import { createFakeNetwork } from './testing/fakeNetworkOrder.ts'
import { WorkersUnavailable } from './workersUnavailable.ts'

const opened: ChannelWorker[] = []
const spawn = (): NetworkWorkerPort => {
  const worker = openChannelWorker(createFakeNetwork)
  opened.push(worker)
  return worker.port
}
/** A worker that loads for ever. */
const spawnDeaf = (): NetworkWorkerPort => ({ ...spawn(), post: () => {} })

afterEach(() => {
  vi.useRealTimers()
  for (const { port } of opened.splice(0)) port.terminate()
})

it('starts workers once, and hands them out again', async () => {
  const pool = createNetworkPool({ spawn })
  const first = await pool.take(2)
  expect(first.clients).toHaveLength(2)
  first.giveBack()
  const second = await pool.take(3)
  expect(opened).toHaveLength(3)
  expect(second.clients.slice(0, 2)).toEqual(first.clients)
  second.giveBack()
  expect((await pool.take(1)).clients).toEqual(first.clients.slice(0, 1))
  expect(opened).toHaveLength(3)
})

it('never hands out a worker that is taken, given back twice or not', async () => {
  const pool = createNetworkPool({ spawn })
  const first = await pool.take(1)
  const second = await pool.take(1)
  expect(second.clients[0]).not.toBe(first.clients[0])
  first.giveBack()
  first.giveBack()
  const both = await pool.take(2)
  expect(new Set([...both.clients, ...second.clients]).size).toBe(3)
})

it('replaces workers that broke, taken or idle', async () => {
  const pool = createNetworkPool({ spawn })
  const first = await pool.take(2)
  opened[0]?.crash('gone')
  first.giveBack()
  opened[1]?.crash('gone too')
  const second = await pool.take(1)
  expect(opened).toHaveLength(3)
  expect(second.clients[0]?.isOver()).toBe(false)
})

it('says that there are no workers here', async () => {
  const pool = createNetworkPool({
    spawn: () => {
      throw new Error('a worker cannot start others in this browser')
    },
  })
  await expect(pool.take(2)).rejects.toThrow(
    new WorkersUnavailable('No worker could be started (a worker cannot start others in this browser).'),
  )
})

it('says that a worker did not load, and ends those that started beside it', async () => {
  let spawned = 0
  const pool = createNetworkPool({
    spawn: () => {
      spawned += 1
      return spawned === 1 ? spawn() : spawnDeaf()
    },
  })
  const taking = pool.take(2)
  opened[1]?.crash('its script did not load')
  const error = await taking.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(WorkersUnavailable)
  expect(String(error)).toContain('its script did not load')
})

it('gives up a worker that does not answer in time, and keeps those that did', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let isDeaf = false
  const pool = createNetworkPool({ spawn: () => (isDeaf ? spawnDeaf() : spawn()), startDeadlineMs: 4000 })
  const [kept] = (
    await pool.take(1).then((taken) => {
      taken.giveBack()
      return taken
    })
  ).clients
  isDeaf = true
  const taking = expect(pool.take(2)).rejects.toThrow('it did not answer within 4 seconds')
  await vi.advanceTimersByTimeAsync(4000)
  await taking
  expect(opened[1]?.isTerminated()).toBe(true)
  expect((await pool.take(1)).clients).toEqual([kept])
  expect(vi.getTimerCount()).toBe(0)
})

it('ends all when it is disposed, those that are taken and those that start', async () => {
  const pool = createNetworkPool({ spawn })
  const { clients } = await pool.take(1)
  const idle = await pool.take(1)
  idle.giveBack()
  const asked = clients[0]?.ask({ verb: 'ping', args: [] })
  const taking = pool.take(2)
  pool.dispose()
  await expect(asked).rejects.toThrow('the worker of a network was ended')
  await expect(taking).rejects.toBeInstanceOf(WorkersUnavailable)
  expect(opened.map((worker) => worker.isTerminated())).toEqual([true, true, true])
  await expect(pool.take(1)).rejects.toBeInstanceOf(WorkersUnavailable)
  expect(opened).toHaveLength(3)
})
