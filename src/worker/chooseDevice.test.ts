import { describe, expect, it } from 'vitest'
import type { BackendChoice } from '../domain/experimentSpec.ts'
import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import { NotEnoughMemory } from '../engine/notEnoughMemory.ts'
import { createDeviceChooser, type DeviceParts } from './chooseDevice.ts'
import { openFakeBench, smallRequest } from './testing/fakeDevice.ts'
import type { DeviceRequest, OpenDevice } from './trainingDevice.ts'

const card = { renderer: 'ANGLE (a card)', writesFloats: true }
const software = { renderer: 'ANGLE (Google, SwiftShader)', writesFloats: true }

/** A browser with a graphics card that is five times as fast as the processor, and everything works. */
const openBrowser = (change: Partial<DeviceParts> = {}) => {
  const { device, log, clock } = openFakeBench()
  const parts: DeviceParts = {
    probe: () => card,
    nativeRuns: () => true,
    openNative: (_, reason) => device({ name: 'native', stepMs: 60, facts: { reason } }),
    openFused: async (_, reason) =>
      device({ name: 'fused', stepMs: 12, facts: { executor: 'fused', reason } }),
    openComposed: async (name, reason) =>
      device({ name: `tfjs ${name}`, facts: { executor: 'composed', reason } }),
    clock,
    ...change,
  }
  const open = createDeviceChooser(parts)
  const train = async (choice: BackendChoice, more: Partial<DeviceRequest> = {}) => {
    const opened = await open(
      smallRequest({ choice, ...more }),
      async () => {},
      () => {},
    )
    const { facts } = await opened.createExecutor(
      { plans: [], initial: [], training: noImages, validation: noImages },
      async () => {},
      () => {},
    )
    return `${facts.device}: ${facts.reason}`
  }
  return { train, log, device }
}

const noImages = { images: new Float32Array(), labels: new Int32Array(), count: 0, side: 8, channels: 3 }
const failing = (error: Error) => (): Promise<OpenDevice> => Promise.reject(error)
const sixteen = new EngineUnavailable('WebGL has only 16-bit floats here.')
const tooMuch = new NotEnoughMemory('They would take 2.00 GB.')
const smaller = 'A smaller batch, smaller images, fewer layers or a smaller width take less.'

describe('what was chosen in the setup', () => {
  it.each([
    ['webgl', 'fused'],
    ['tfjs', 'tfjs webgl'],
    ['wasm', 'native'],
    ['cpu', 'tfjs cpu'],
  ] as const)('trains: %s is %s', async (choice, name) => {
    const { train, log } = openBrowser()
    expect(await train(choice)).toBe(`${name}: It was chosen in the setup.`)
    expect(log).toEqual([`${name} opened`])
  })

  it('trains on a processor that draws WebGL too', async () => {
    expect(await openBrowser({ probe: () => software }).train('webgl')).toMatch(/^fused: /)
  })

  it.each([
    ['there are 16-bit floats only', sixteen, 'WebGL has only 16-bit floats here.'],
    ['it does not fit', tooMuch, `They would take 2.00 GB. ${smaller}`],
    ['it fails', new Error('No.'), 'The lab’s own shaders do not train this here (No).'],
  ])('gives way to TensorFlow.js where %s, and says why', async (_, error, sentences) => {
    expect(await openBrowser({ openFused: failing(error) }).train('webgl')).toBe(
      `tfjs webgl: ${sentences} So TensorFlow.js’s operations train on WebGL instead.`,
    )
  })

  it('gives way also where the executor cannot be built', async () => {
    const browser = openBrowser({
      openFused: async () =>
        browser.device({
          name: 'fused',
          creating: () => {
            throw new Error('A shader did not link.')
          },
        }),
    })
    expect(await browser.train('webgl')).toBe(
      'tfjs webgl: The lab’s own shaders do not train this here (A shader did not link). So TensorFlow.js’s operations train on WebGL instead.',
    )
  })

  it('is refused with a sentence where it is not there', async () => {
    const none = new EngineUnavailable('This browser has no WebGL 2 that can compute.')
    const browser = openBrowser({
      openFused: failing(none),
      openComposed: failing(none),
      nativeRuns: () => false,
    })
    await expect(browser.train('webgl')).rejects.toThrow(none.message)
    await expect(browser.train('tfjs')).rejects.toThrow(none.message)
    await expect(browser.train('wasm')).rejects.toBeInstanceOf(EngineUnavailable)
  })
})

describe('the fastest', () => {
  it.each([
    [null, 'There is no WebGL 2 here, so the lab’s own engine trains.'],
    [{ ...card, writesFloats: false }, 'There is no WebGL 2 here, so the lab’s own engine trains.'],
    [
      software,
      'WebGL runs on the processor here (ANGLE (Google, SwiftShader)), so the lab’s own engine trains.',
    ],
  ])('is the lab’s own engine without a graphics card: %j', async (probe, reason) => {
    const { train, log } = openBrowser({ probe: () => probe })
    expect(await train('auto')).toBe(`native: ${reason}`)
    expect(log).toEqual(['native opened'])
  })

  it('is the graphics card where that is faster, and asked once for an experiment', async () => {
    const { train, log } = openBrowser()
    const first = await train('auto')
    expect(first).toMatch(/^fused: Measured.*60 ms a step.*12 ms by its shaders/)
    const before = log.length
    expect(await train('auto')).toBe(first)
    expect(log.slice(before)).toEqual(['fused opened'])
    // A longer run may be worth a contest that a short one was not.
    expect(await train('auto', { steps: 10 })).toMatch(/^native: .*need not train\.$/)
    expect(await train('auto', { steps: 2000 })).toMatch(/^fused: Measured/)
  })

  it('is the lab’s own engine where the graphics card is slow, with both speeds', async () => {
    const browser = openBrowser({
      openFused: async (_, reason) => browser.device({ name: 'fused', stepMs: 80, facts: { reason } }),
    })
    expect(await browser.train('auto')).toMatch(/^native: Measured.*60 ms a step.*80 ms by its shaders/)
  })

  it.each([
    ['has 16-bit floats only', sixteen, 'WebGL has only 16-bit floats here.'],
    ['has too little memory', tooMuch, `They would take 2.00 GB. ${smaller}`],
  ])('is the lab’s own engine where the graphics card %s', async (_, error, sentences) => {
    const { train, log } = openBrowser({ openFused: failing(error) })
    expect(await train('auto')).toBe(`native: ${sentences} So the lab’s own engine trains.`)
    expect(log).not.toContain('tfjs webgl opened')
  })

  it('gives way to the lab’s own engine where a graphics card that won does not train after all', async () => {
    let made = 0
    const browser = openBrowser({
      openFused: async () =>
        browser.device({
          name: 'fused',
          creating: () => {
            made += 1
            if (made > 1) throw tooMuch
          },
        }),
    })
    expect(await browser.train('auto')).toBe(
      `native: They would take 2.00 GB. ${smaller} So the lab’s own engine trains.`,
    )
  })

  it('in a browser too old for the lab’s own engine is the graphics card, or plain JavaScript', async () => {
    const old = { nativeRuns: () => false }
    const { train, log } = openBrowser(old)
    expect(await train('auto')).toMatch(/^fused: WebGL runs on a graphics card here, and .* too old/)
    expect(log).toEqual(['fused opened'])
    expect(await openBrowser({ ...old, openFused: failing(sixteen) }).train('auto')).toMatch(
      /^tfjs webgl: WebGL has only 16-bit floats here\. So TensorFlow/,
    )
    expect(await openBrowser({ ...old, probe: () => software }).train('auto')).toMatch(
      /^tfjs cpu: WebGL runs on the processor here .* plain JavaScript trains, slowly/,
    )
  })
})
