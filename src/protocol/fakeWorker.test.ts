import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { presetNamed } from '../domain/presets.ts'
import { createFakeWorker } from './fakeWorker.ts'
import { createLabClient } from './labClient.ts'
import type { WorkerEvent } from './messages.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const { spec } = presetNamed('default')

const openFake = () => {
  const events: WorkerEvent[] = []
  const client = createLabClient(() => createFakeWorker({ stepsPerTick: 10 }))
  client.subscribe((event) => events.push(event))
  const steps = (): readonly number[] =>
    events.flatMap((event) => (event.type === 'points' ? event.steps.map(({ step }) => step) : []))
  return { client, events, steps, last: () => events.at(-1) }
}

it('speaks the protocol from the first byte to the end of a run', async () => {
  const { client, events, steps, last } = openFake()
  client.start('a', spec, false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(last()?.type).toBe('finished')
  expect(steps()).toEqual(Array.from({ length: spec.recipe.steps }, (_, i) => i + 1))
  const kinds = events.map(({ type }) => type)
  expect(kinds.indexOf('preparing')).toBeLessThan(kinds.indexOf('started'))
})

it('pauses, steps and stops', async () => {
  const { client, steps, last } = openFake()
  client.start('a', spec, true)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(steps()).toEqual([])
  client.step('a')
  await vi.advanceTimersByTimeAsync(500)
  expect(steps()).toEqual([1])
  expect(last()?.type).toBe('paused')
  client.stop('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(last()).toEqual({ type: 'stopped', runId: 'a' })
})

it('invents what the lab is about: the deep plain network stays behind', async () => {
  const { client, events } = openFake()
  client.start('a', spec, false)
  await vi.advanceTimersByTimeAsync(60_000)
  const points = events.flatMap((event) => (event.type === 'points' ? event.steps : []))
  const [shallow = 0, plain = 0, residual = 0] = points.at(-1)?.trainingErrors ?? []
  expect(plain).toBeGreaterThan(shallow + 20)
  expect(plain).toBeGreaterThan(residual + 20)
})
