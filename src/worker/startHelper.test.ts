import { expect, it } from 'vitest'
import type { WorkerListener } from '../protocol/workerPort.ts'
import type { HelperCommand, HelperReady } from './helperMessages.ts'
import { startHelper } from './startHelper.ts'
import { emptyModule } from './testing/fakeNetworkOrder.ts'

const work: HelperCommand = {
  module: emptyModule,
  memory: new WebAssembly.Memory({ initial: 1 }),
  control: 64,
  thread: 1,
}

/** A helper that says what the test says. */
const openFake = (post: (command: HelperCommand) => void = () => {}) => {
  let listener: WorkerListener<HelperReady> | null = null
  let ends = 0
  return {
    spawn: () => ({
      post,
      listen: (to: WorkerListener<HelperReady>) => {
        listener = to
      },
      terminate: () => {
        ends += 1
      },
    }),
    ready: () => listener?.event({ type: 'ready' }),
    crash: (message: string) => listener?.crash(message),
    ends: () => ends,
  }
}

it('starts a thread that has its work and is about to begin, and stops it', async () => {
  const posted: HelperCommand[] = []
  const fake = openFake((command) => posted.push(command))
  const starting = startHelper(work, fake.spawn)
  expect(posted).toEqual([work])
  fake.ready()
  const helper = await starting
  expect(fake.ends()).toBe(0)
  helper.stop()
  expect(fake.ends()).toBe(1)
})

it('says that a thread did not start', async () => {
  const fake = openFake()
  const starting = startHelper(work, fake.spawn)
  fake.crash('its script did not load')
  await expect(starting).rejects.toThrow('a helper thread did not start: its script did not load')
  expect(fake.ends()).toBe(1)

  const refusing = openFake(() => {
    throw new Error('memory cannot be shared')
  })
  await expect(startHelper(work, refusing.spawn)).rejects.toThrow('did not start: memory cannot be shared')
  expect(refusing.ends()).toBe(1)
})
