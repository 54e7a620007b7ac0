import { describe, expect, it } from 'vitest'
import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import type { FusedExecutorOptions } from '../engine/fused/createFusedExecutor.ts'
import type { InspectableExecutor } from '../engine/inspectableExecutor.ts'
import { failureOf } from '../engine/loop/failureOf.ts'
import { NotEnoughMemory } from '../engine/notEnoughMemory.ts'
import type { WebglContext } from '../engine/openWebglContext.ts'
import { type FusedCode, fusedDevice } from './fusedDevice.ts'
import { smallRequest } from './testing/fakeDevice.ts'

const noImages = { images: new Float32Array(), labels: new Int32Array(), count: 0, side: 8, channels: 3 }
const request = { plans: [], initial: [], training: noImages, validation: noImages }
const missing = (): never => {
  throw new Error('Nobody should ask for this.')
}

/** A context that is never drawn to: what takes it is a stand-in too. */
const gl: WebGL2RenderingContext = Object.create(null)

const openContext = () => {
  let isLost = false
  const listeners = new Set<() => void>()
  const context: WebglContext = {
    gl,
    renderer: 'ANGLE (a card)',
    isLost: () => isLost,
    onLost: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {},
  }
  const lose = (): void => {
    isLost = true
    for (const listener of listeners) listener()
  }
  return { context, lose }
}

const executor: InspectableExecutor = {
  plans: [],
  step: missing,
  readMeasurements: missing,
  evaluate: missing,
  readState: missing,
  writeState: missing,
  memory: missing,
  dispose: missing,
  readGradients: missing,
  readLogits: missing,
  readActivations: missing,
}

const codeOf = (change: Partial<FusedCode> = {}) => {
  const asked: FusedExecutorOptions[] = []
  const code: FusedCode = {
    createFusedExecutor: async (_, options) => {
      asked.push(options)
      options.onProgress?.(0.5)
      return executor
    },
    fusedLimitsOf: () => ({ maxTextureSide: 4096, targets: 8 }),
    plannedFusedBytes: () => 0.9e9,
    ...change,
  }
  return { code, asked }
}

const reason = 'It was chosen in the setup.'

describe('the lab’s own shaders as a device', () => {
  it('say what they will take, and build nothing before they are asked to', async () => {
    const { context } = openContext()
    const { code, asked } = codeOf()
    const device = fusedDevice(context, smallRequest(), { reason, budgetBytes: 1e9, code })
    expect(device.plannedBytes).toBe(0.9e9)
    expect(asked).toEqual([])
    const heard: number[] = []
    const breathe = async (): Promise<void> => {}
    const made = await device.createExecutor(request, breathe, (fraction) => heard.push(fraction))
    expect(made).toEqual({
      executor,
      facts: {
        executor: 'fused',
        backend: 'webgl',
        device: 'ANGLE (a card)',
        reason,
        reproducible: false,
        threads: 1,
      },
    })
    expect(asked).toMatchObject([{ batchSize: 4, budgetBytes: 1e9, yieldToMessages: breathe }])
    expect(asked[0]?.gl).toBe(gl)
    expect(heard).toEqual([0.5])
  })

  it('are refused before anything is built where they do not fit, with what is wanting and what to do', () => {
    const { context } = openContext()
    const { code, asked } = codeOf({ plannedFusedBytes: () => 1.014e9 })
    const open = (): unknown => fusedDevice(context, smallRequest(), { reason, budgetBytes: 1e9, code })
    expect(open).toThrow(NotEnoughMemory)
    expect(asked).toEqual([])
    let failure = failureOf(null, false)
    try {
      open()
    } catch (error) {
      failure = failureOf(error, false)
    }
    expect(failure).toEqual({
      kind: 'out-of-memory',
      network: null,
      sentence:
        'These networks, trained side by side by the lab’s own shaders, would take 1.01 GB of graphics memory, and the lab takes at most 1.00 GB here. Choose smaller images, a smaller batch, fewer layers or a smaller width, and run again.',
    })
  })

  it('are refused by a context that can do too little, in its own sentence', () => {
    const { code } = codeOf({
      fusedLimitsOf: () => 'WebGL has only 16-bit floats here.',
      plannedFusedBytes: missing,
    })
    expect(() =>
      fusedDevice(openContext().context, smallRequest(), { reason, budgetBytes: 1e9, code }),
    ).toThrow(new EngineUnavailable('WebGL has only 16-bit floats here.'))
  })

  it('are lost with their context', () => {
    const { context, lose } = openContext()
    const device = fusedDevice(context, smallRequest(), { reason, budgetBytes: 1e9, code: codeOf().code })
    let told = 0
    device.onLost(() => {
      told += 1
    })
    const callOff = device.onLost(() => {
      told += 10
    })
    callOff()
    expect(device.isLost()).toBe(false)
    lose()
    expect(device.isLost()).toBe(true)
    expect(told).toBe(1)
  })
})
