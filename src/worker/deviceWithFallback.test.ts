import { describe, expect, it } from 'vitest'
import { RunStopped } from '../engine/loop/runControl.ts'
import { DeviceLost } from '../engine/loop/whileAlive.ts'
import { deviceWithFallback } from './deviceWithFallback.ts'
import { openFakeBench } from './testing/fakeDevice.ts'
import type { OpenDevice } from './trainingDevice.ts'

const noImages = { images: new Float32Array(), labels: new Int32Array(), count: 0, side: 8, channels: 3 }
const create = (device: OpenDevice) =>
  device.createExecutor(
    { plans: [], initial: [], training: noImages, validation: noImages },
    async () => {},
    () => {},
  )

/** Two devices, the first of which fails with this error. */
const openTwo = (error: Error | null) => {
  const { device, log } = openFakeBench()
  const second = device({ name: 'second' })
  const first = device({
    name: 'first',
    creating: () => {
      if (error !== null) throw error
    },
  })
  const whys: string[] = []
  const either = deviceWithFallback(first, async (why) => {
    whys.push(why)
    // As the one graphics card is given back before it is taken again.
    first.lose()
    return second
  })
  return { either, first, second, whys, log }
}

describe('a device with another behind it', () => {
  it('trains by itself where it can', async () => {
    const { either, whys } = openTwo(null)
    expect((await create(either)).facts.device).toBe('first')
    expect(whys).toEqual([])
  })

  it('gives way where its executor cannot be made, and what it held is given back without a loss', async () => {
    const { either, second, whys } = openTwo(new Error('A shader did not link.'))
    const told: string[] = []
    either.onLost(() => told.push('kept'))
    const callOff = either.onLost(() => told.push('called off'))
    expect((await create(either)).facts.device).toBe('second')
    expect(whys).toEqual(['The lab’s own shaders do not train this here (A shader did not link).'])
    expect(either.isLost()).toBe(false)
    expect(told).toEqual([])
    callOff()
    second.lose()
    expect(either.isLost()).toBe(true)
    expect(told).toEqual(['kept'])
  })

  it('passes a stop on', async () => {
    const { either, whys } = openTwo(new RunStopped())
    await expect(create(either)).rejects.toBeInstanceOf(RunStopped)
    expect(whys).toEqual([])
  })

  it('passes its own loss on', async () => {
    const { either, first, whys } = openTwo(new DeviceLost('gone'))
    first.lose()
    await expect(create(either)).rejects.toBeInstanceOf(DeviceLost)
    expect(either.isLost()).toBe(true)
    expect(whys).toEqual([])
  })
})
