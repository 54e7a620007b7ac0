import { describe, expect, it } from 'vitest'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { presetNamed } from '../domain/presets.ts'
import type { Command, WorkerEvent } from '../protocol/messages.ts'
import { composedDevice, openPageBackend } from './composedDevice.ts'
import { createTrainer } from './createTrainer.ts'
import { nodeDevice } from './science/nodeDevice.ts'
import { openFakeBench } from './testing/fakeDevice.ts'
import type { TrainingDevice } from './trainingDevice.ts'

const quick = presetNamed('quick').spec
/** Small enough for plain JavaScript. */
const small: ExperimentSpec = {
  ...quick,
  dataset: { ...quick.dataset, trainingImages: 8, validationImages: 4 },
  networks: [
    { depth: 8, shortcut: 'none' },
    { depth: 8, shortcut: 'A' },
  ],
  width: 4,
  recipe: { ...quick.recipe, batchSize: 4, steps: 2, warmupSteps: 0 },
  evaluateEvery: 2,
  backend: 'cpu',
}

const cpuDevice: TrainingDevice = {
  open: async () => composedDevice(await openPageBackend('cpu', 'It was chosen in the test.')),
}

type Event = WorkerEvent
type EventOf<Type extends Event['type']> = Extract<Event, { readonly type: Type }>

const startTrainer = (loadTrainingDevice = async (): Promise<TrainingDevice> => cpuDevice) => {
  const events: Event[] = []
  let heard: () => void = () => {}
  const trainer = createTrainer({
    send: (event) => {
      events.push(structuredClone(event))
      heard()
    },
    loadTrainingDevice,
  })
  /** Waits for the first event of a type, of a run. */
  const waitFor = async <Type extends Event['type']>(type: Type, runId: string): Promise<EventOf<Type>> => {
    const isIt = (event: Event): event is EventOf<Type> =>
      event.type === type && 'runId' in event && event.runId === runId
    for (;;) {
      const found = events.find(isIt)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        heard = resolve
      })
    }
  }
  const tell = (...commands: Command[]): void => commands.forEach(trainer.receive)
  const pointsOf = (runId: string): readonly EventOf<'points'>[] =>
    events.filter((event): event is EventOf<'points'> => event.type === 'points' && event.runId === runId)
  return { events, waitFor, tell, pointsOf }
}

const start = (runId: string, spec: ExperimentSpec, paused = false): Command => ({
  type: 'start',
  runId,
  spec,
  paused,
})

describe('a trainer with the real engine', { timeout: 60_000 }, () => {
  it('runs an experiment from its data to its last evaluation, twice alike, and leaks no tensor', async () => {
    const { waitFor, tell, pointsOf, events } = startTrainer()
    tell(start('a', small))
    const { weightsDigest } = await waitFor('finished', 'a')
    expect(weightsDigest).toMatch(/^[0-9a-f]{16}$/)
    expect((await waitFor('started', 'a')).checks).toMatchObject({
      sameInitialWeights: true,
      sameBatches: true,
    })
    const ofFirst = pointsOf('a')
    expect(ofFirst.flatMap(({ steps }) => steps.map(({ step }) => step))).toEqual([1, 2])
    expect(ofFirst.flatMap(({ evaluations }) => evaluations.map(({ step }) => step))).toEqual([0, 2])

    tell(start('b', small))
    expect((await waitFor('finished', 'b')).weightsDigest).toBe(weightsDigest)
    const ofSecond = pointsOf('b')
    expect(ofSecond.flatMap(({ steps }) => steps)).toEqual(ofFirst.flatMap(({ steps }) => steps))
    expect(ofSecond.at(-1)?.memory).toEqual(ofFirst.at(-1)?.memory)
    // The data set of the first run was still there.
    const generated = events.filter((event) => event.type === 'preparing' && event.stage === 'data')
    expect(generated.filter((event) => 'runId' in event && event.runId === 'b')).toHaveLength(1)
  })

  it('says how much memory it will take before it takes it, where that is planned', async () => {
    const bytesOf = async (device: TrainingDevice): Promise<readonly (number | null | undefined)[]> => {
      const { waitFor, tell, events } = startTrainer(async () => device)
      tell(start('a', small))
      await waitFor('started', 'a')
      return events.flatMap((event) =>
        event.type === 'preparing' && event.stage === 'networks' ? [event.bytes] : [],
      )
    }
    // tfjs takes its memory as it goes; the lab's own engine knows beforehand.
    expect(await bytesOf(cpuDevice)).toEqual([null, null, null])
    const planned = await bytesOf(nodeDevice)
    expect(planned).toHaveLength(3)
    expect(planned[0]).toBeGreaterThan(50_000)
    expect(new Set(planned).size).toBe(1)
  })

  it('makes ready what a run will begin with, and lets the run have it', async () => {
    const { waitFor, tell, events } = startTrainer(async () => nodeDevice)
    // Asked for at once: the run joins what is under way, and draws no image twice.
    tell({ type: 'warm', spec: { ...small, seed: 9 } }, { type: 'warm', spec: small }, start('a', small))
    const { weightsDigest } = await waitFor('finished', 'a')
    tell({ type: 'warm', spec: small }, start('b', small))
    expect((await waitFor('finished', 'b')).weightsDigest).toBe(weightsDigest)
    const data = events.filter((event) => event.type === 'preparing' && event.stage === 'data')
    expect(data.filter((event) => 'runId' in event && event.runId === 'b')).toHaveLength(1)
    expect(events.some((event) => event.type === 'failed')).toBe(false)
  })

  it('computes the plain network where the shortcuts of a residual one are off', async () => {
    const { waitFor, tell, pointsOf } = startTrainer()
    const off = { kind: 'shortcuts', step: 0, network: 1, blocks: 'all', to: 0, overSteps: 0 } as const
    tell(start('a', { ...small, interventions: [off] }))
    await waitFor('finished', 'a')
    for (const { losses } of pointsOf('a').flatMap(({ steps }) => steps)) expect(losses[1]).toBe(losses[0])
  })

  it('steps, pauses, switches and stops by its commands', async () => {
    const { waitFor, tell, pointsOf, events } = startTrainer()
    tell(start('a', small, true), { type: 'step', runId: 'a' })
    await waitFor('paused', 'a')
    expect(pointsOf('a').flatMap(({ steps }) => steps)).toHaveLength(1)
    tell({ type: 'intervene', runId: 'a', intervention: { kind: 'learningRate', to: 0.001 } })
    expect((await waitFor('intervened', 'a')).intervention).toEqual({
      kind: 'learningRate',
      step: 1,
      to: 0.001,
    })
    tell({ type: 'stop', runId: 'a' })
    await waitFor('stopped', 'a')
    expect(events.at(-1)?.type).toBe('stopped')
  })

  it('tells how far the shaders are, and stops while they compile', async () => {
    let made = 0
    const compiling: TrainingDevice = {
      open: async (_, breathe, onProgress) => ({
        ...openFakeBench().device({ name: 'card' }),
        createExecutor: async () => {
          made += 1
          for (let shader = 1; ; shader++) {
            onProgress(1 - 1 / shader)
            await breathe()
          }
        },
      }),
    }
    const { waitFor, tell, events } = startTrainer(async () => compiling)
    const fractions = (): readonly number[] =>
      events.flatMap((event) =>
        event.type === 'preparing' && event.stage === 'shaders' ? event.fraction : [],
      )
    tell(start('a', small))
    await expect.poll(() => fractions().length).toBeGreaterThan(2)
    expect(fractions().slice(0, 3)).toEqual([0, 1 / 2, 1 - 1 / 3])
    // Paused, it compiles on; the first step waits.
    tell({ type: 'pause', runId: 'a' })
    const before = fractions().length
    await expect.poll(() => fractions().length).toBeGreaterThan(before)
    tell({ type: 'stop', runId: 'a' })
    await waitFor('stopped', 'a')
    expect(made).toBe(1)
    expect(events.at(-1)?.type).toBe('stopped')
  })

  it('stops while a device is chosen', async () => {
    const choosing: TrainingDevice = {
      open: async (_, breathe, onProgress) => {
        for (;;) {
          onProgress(0.5)
          await breathe()
        }
      },
    }
    const { waitFor, tell, events } = startTrainer(async () => choosing)
    tell(start('a', small))
    await expect
      .poll(() => events.some((one) => one.type === 'preparing' && one.stage === 'shaders'))
      .toBe(true)
    tell({ type: 'stop', runId: 'a' })
    await waitFor('stopped', 'a')
  })

  it('says that the device was taken away while it compiled', async () => {
    const bench = openFakeBench()
    const { waitFor, tell, events } = startTrainer(async () => ({
      open: async () => {
        // As of a lost context, nothing comes back any more.
        const card = bench.device({ name: 'card', creating: () => new Promise(() => card.lose()) })
        return card
      },
    }))
    tell(start('a', small))
    expect((await waitFor('failed', 'a')).failure.kind).toBe('context-lost')
    expect(events.some((event) => event.type === 'started')).toBe(false)
  })

  it('fails with a sentence where there is no CIFAR-10, and runs the next experiment', async () => {
    const { waitFor, tell } = startTrainer()
    tell(
      start('a', { ...small, dataset: { ...small.dataset, source: 'cifar10', imageSize: 16 } }),
      start('b', small),
    )
    // The second start stops the first while it is prepared.
    await waitFor('stopped', 'a')
    await waitFor('finished', 'b')
    tell(start('c', { ...small, dataset: { ...small.dataset, source: 'cifar10', imageSize: 16 } }))
    expect((await waitFor('failed', 'c')).failure.kind).toBe('no-dataset')
  })

  it('says where there are fewer images than a batch takes', async () => {
    const { waitFor, tell } = startTrainer()
    tell(start('a', { ...small, recipe: { ...small.recipe, batchSize: 16 } }))
    const { failure } = await waitFor('failed', 'a')
    expect(failure.kind).toBe('bad-dataset')
    expect(failure.sentence).toContain('only 8 training images, and a batch takes 16')
  })

  it('says that the engine could not be loaded', async () => {
    const { waitFor, tell } = startTrainer(() => Promise.reject(new Error('offline')))
    tell(start('a', small))
    expect((await waitFor('failed', 'a')).failure.kind).toBe('unsupported')
  })
})
