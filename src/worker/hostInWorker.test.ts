import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawAugmentation } from '../datasets/augmentation.ts'
import { initialParameters } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { randomStream } from '../domain/random.ts'
import type { Batch, ExecutorRequest, NetworkState } from '../engine/executor.ts'
import type { InspectableExecutor } from '../engine/inspectableExecutor.ts'
import { createNativeExecutor } from '../engine/native/createNativeExecutor.ts'
import { hostHere, type NetworkHost } from '../engine/native/networkHost.ts'
import { createFakeNativeNetwork } from '../engine/testing/fakeNativeNetwork.ts'
import { smallBatch, smallControls } from '../engine/testing/smallExecutor.ts'
import { rangeIndices, smallImages, smallSpec } from '../engine/testing/smallExperiment.ts'
import { createNetworkClient } from './createNetworkClient.ts'
import { hostInWorker } from './hostInWorker.ts'
import type { NetworkFactory } from './networkFactory.ts'
import { openChannelWorker } from './testing/channelWorker.ts'
import { createFakeNetwork, fakeNetworkOrder } from './testing/fakeNetworkOrder.ts'

const specs = [
  smallSpec({ imageSize: 3, width: 1 }),
  smallSpec({ imageSize: 3, width: 1, batchNorm: false }),
  smallSpec({ imageSize: 3, width: 1, shortcut: 'B' }),
]
const plans = specs.map(planLayers)
const [spec = smallSpec()] = specs
const request: ExecutorRequest = {
  plans,
  initial: plans.map((plan) => initialParameters(plan, 1)),
  training: smallImages(spec, 80),
  validation: smallImages(spec, 12, 8),
}
const [plan = planLayers(spec)] = plans
const order = fakeNetworkOrder(plan, request.initial[0] ?? new Map())
const strengths = plans.map(({ blocks }, network) => blocks.map(({ index }) => (network + index) / 5))

/** Turns of the event loop, as many as chance says. */
const randomDelay = (seed: number): (() => Promise<void>) => {
  const stream = randomStream(seed, 'delay')
  return async () => {
    for (let left = stream.integer(4); left > 0; left--) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Hosts in as many workers, network by network in turn. */
const hostsInWorkers = async (workers: number, seed: number): Promise<readonly NetworkHost[]> => {
  const clients = Array.from({ length: workers }, (_, index) =>
    createNetworkClient(openChannelWorker(createFakeNetwork, randomDelay(seed + index)).port),
  )
  return Promise.all(
    plans.map((own, index) => {
      const client = clients[index % workers]
      if (client === undefined) throw new Error('There is a worker for each.')
      return hostInWorker(client, fakeNetworkOrder(own, request.initial[index] ?? new Map()))
    }),
  )
}

const hostsHere = (): readonly NetworkHost[] =>
  plans.map((own, index) =>
    hostHere(
      createFakeNativeNetwork(fakeNetworkOrder(own, request.initial[index] ?? new Map())),
      async () => {},
    ),
  )

const batchAt = (step: number): Batch => ({
  ...smallBatch(step),
  augmentation: step % 2 === 0 ? null : drawAugmentation(step, 8, 16, 1),
})

const doings = ['step', 'step', 'step', 'measure', 'evaluate', 'read', 'write', 'look'] as const

/** What an executor answers to a list of doings. */
const answersOf = async (executor: InspectableExecutor, list: readonly (typeof doings)[number][]) => {
  const answers: unknown[] = []
  let kept: NetworkState = await executor.readState(0)
  for (const [index, doing] of list.entries()) {
    switch (doing) {
      case 'step':
        await executor.step(batchAt(index), { ...smallControls(strengths), dropoutKey: index })
        break
      case 'measure':
        answers.push(await executor.readMeasurements())
        break
      case 'evaluate':
        answers.push(
          await executor.evaluate({
            statisticsBatches: [rangeIndices(0, 8), rangeIndices(5, 15)],
            trainingIndices: rangeIndices(3, 75),
            validationIndices: rangeIndices(0, 12),
            shortcutStrengths: strengths,
          }),
        )
        break
      case 'read':
        kept = await executor.readState(0)
        answers.push(kept)
        break
      case 'write':
        await executor.writeState(0, kept)
        break
      case 'look':
        answers.push(await executor.readGradients(1, batchAt(index), strengths[1] ?? [], index))
        answers.push(await executor.readLogits(2, batchAt(index), strengths[2] ?? []))
        break
      default:
        doing satisfies never
    }
  }
  answers.push(await executor.readMeasurements(), executor.memory())
  for (const network of plans.keys()) answers.push(await executor.readState(network))
  executor.dispose()
  return answers
}

describe('networks in workers', () => {
  it('answer as networks in this thread do, however many workers there are and however slow', {
    timeout: 60_000,
  }, async () => {
    const someDoings = fc.array(fc.constantFrom(...doings), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        someDoings,
        fc.integer({ min: 1, max: 3 }),
        fc.nat({ max: 1000 }),
        async (list, workers, seed) => {
          const options = { yieldToMessages: async () => {} }
          const inWorkers = await createNativeExecutor(request, {
            ...options,
            hosts: await hostsInWorkers(workers, seed),
          })
          const here = await createNativeExecutor(request, { ...options, hosts: hostsHere() })
          expect(await answersOf(inWorkers, list)).toEqual(await answersOf(here, list))
        },
      ),
      { seed: 1, numRuns: 25 },
    )
  })

  it('are made from what was sent: the plan, the weights, the module, the threads', async () => {
    const made: Parameters<NetworkFactory>[0][] = []
    const { port } = openChannelWorker((asked) => {
      made.push(asked)
      return createFakeNativeNetwork(asked)
    })
    await hostInWorker(createNetworkClient(port), { ...order, threads: 3 })
    const [asked] = made
    expect(asked).toMatchObject({ plan, initial: order.initial, batchSize: 8, threads: 3 })
    expect(asked?.module).toBeInstanceOf(WebAssembly.Module)
    expect(asked?.initial).not.toBe(order.initial)
    port.terminate()
  })

  it('are made before they are asked anything, however long that takes', async () => {
    const { port } = openChannelWorker(async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return createFakeNativeNetwork(asked)
    })
    const client = createNetworkClient(port)
    const created = hostInWorker(client, order)
    const { result } = await client.ask({ verb: 'readState', args: [1] })
    expect(result.parameters).toEqual(order.initial)
    await created
    port.terminate()
  })

  it('leave what they are handed whole, and give their state away', async () => {
    const { port } = openChannelWorker(createFakeNetwork)
    const host = await hostInWorker(createNetworkClient(port), order)
    const state = await host.readState()
    expect(state.parameters).toEqual(order.initial)
    await host.writeState(state)
    expect(state.parameters).toHaveLength(order.initial.length)
    port.terminate()
  })

  it('tell what went wrong, and go on', async () => {
    const { port } = openChannelWorker(createFakeNetwork)
    const host = await hostInWorker(createNetworkClient(port), order)
    const state = await host.readState()
    await expect(host.writeState({ ...state, momentum: new Float32Array(3) })).rejects.toThrow(
      'size of its layout',
    )
    expect(await host.readState()).toEqual(state)
    await host.dispose()
    expect(host.memoryBytes()).toBe(0)
    await expect(host.readState()).rejects.toThrow('there is no network 1 in this worker')
    port.terminate()
  })

  it('that cannot be made say so', async () => {
    const { port } = openChannelWorker(async () => {
      throw new Error('no memory')
    })
    await expect(hostInWorker(createNetworkClient(port), order)).rejects.toThrow('no memory')
    port.terminate()
  })

  it('refuse to give away memory that they share', async () => {
    const { port } = openChannelWorker((asked) => ({
      ...createFakeNativeNetwork(asked),
      batchStatistics: () => new Float32Array(new SharedArrayBuffer(8)),
    }))
    const host = await hostInWorker(createNetworkClient(port), order)
    const batch = { images: new Float32Array(27), labels: Int32Array.of(0), augmentation: null }
    await expect(host.batchStatistics(batch, [])).rejects.toThrow('memory that it computes in')
    port.terminate()
  })

  it('whose worker breaks fail in all that was asked and will be', async () => {
    const worker = openChannelWorker(createFakeNetwork)
    const client = createNetworkClient(worker.port)
    const host = await hostInWorker(client, order)
    const asked = [host.readState(), host.dispose()]
    worker.crash('out of memory')
    for (const one of asked) await expect(one).rejects.toThrow('the worker of a network broke: out of memory')
    await expect(host.readState()).rejects.toThrow('broke: out of memory')
    expect(client.isOver()).toBe(true)
    expect(worker.isTerminated()).toBe(true)
  })

  it('that are asked what cannot be sent are not asked', async () => {
    const { port } = openChannelWorker(createFakeNetwork)
    const client = createNetworkClient({
      ...port,
      post: () => {
        throw new Error('could not be cloned')
      },
    })
    await expect(client.ask({ verb: 'ping', args: [] })).rejects.toThrow('could not be cloned')
    expect(client.isOver()).toBe(false)
    port.terminate()
  })
})
