import { expect, it } from 'vitest'
import { createAliveGuard, DeviceLost } from './whileAlive.ts'

const losable = () => {
  const listeners = new Set<() => void>()
  let isLost = false
  return {
    device: {
      isLost: () => isLost,
      onLost: (listener: () => void) => {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
    },
    listeners,
    lose: () => {
      isLost = true
    },
    tell: () => {
      for (const listener of listeners) listener()
    },
  }
}

it('lets work through, its failures too', async () => {
  const guard = createAliveGuard(losable().device)
  expect(await guard.whileAlive(Promise.resolve(3))).toBe(3)
  await expect(guard.whileAlive(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  guard.end()
})

it('ends work that never settles when the device tells that it is lost, and all work after that', async () => {
  const { device, tell } = losable()
  const guard = createAliveGuard(device)
  const work = guard.whileAlive(new Promise(() => {}))
  tell()
  await expect(work).rejects.toBeInstanceOf(DeviceLost)
  await expect(guard.whileAlive(Promise.resolve(3))).rejects.toBeInstanceOf(DeviceLost)
  guard.end()
})

it('asks a device that does not tell', async () => {
  const { device, lose } = losable()
  const guard = createAliveGuard(device, 5)
  const work = guard.whileAlive(new Promise(() => {}))
  lose()
  await expect(work).rejects.toBeInstanceOf(DeviceLost)
  guard.end()
})

it('lets go of the device at its end', () => {
  const { device, listeners } = losable()
  const guard = createAliveGuard(device)
  expect(listeners.size).toBe(1)
  guard.end()
  expect(listeners.size).toBe(0)
})
