import { expect, it } from 'vitest'
import type { OpenBackend } from '../engine/backends.ts'
import { openCpu } from '../engine/openCpu.ts'
import { composedDevice } from './composedDevice.ts'

const noImages = { images: new Float32Array(), labels: new Int32Array(), count: 0, side: 8, channels: 3 }
const reasonOf = async (backend: OpenBackend, reason?: string): Promise<string> => {
  const device = composedDevice(backend, reason)
  const { executor, facts } = await device.createExecutor(
    { plans: [], initial: [], training: noImages, validation: noImages },
    async () => {},
    () => {},
  )
  executor.dispose()
  return facts.reason
}

it('says why it was taken this time, and where its floats are coarse', async () => {
  const backend = await openCpu('It was opened.')
  expect(await reasonOf(backend)).toBe('It was opened.')
  expect(await reasonOf(backend, 'It was chosen.')).toBe('It was chosen.')
  expect(await reasonOf({ ...backend, floatBits: 16 }, 'It was chosen.')).toBe(
    'It was chosen. It has only 16-bit floats here, too coarse for most trainings.',
  )
})
