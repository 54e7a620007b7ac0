import { describe, expect, it } from 'vitest'
import { defaultOptions } from '../domain/networkSpec.ts'
import { planLayers } from '../domain/planLayers.ts'
import type { Executor } from '../engine/executor.ts'
import { holdContest } from './contest.ts'
import type { DeviceRequest, OpenDevice } from './trainingDevice.ts'

const plan = planLayers({
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [1, 1, 1],
  width: 4,
  imageSize: 8,
  channels: 3,
  classes: 10,
})
const request = (steps: number): DeviceRequest => ({ choice: 'auto', plans: [plan], batchSize: 4, steps })

/** Devices on one clock: each step takes its time, and the first of a device its compilation. */
const openBench = () => {
  let now = 0
  const log: string[] = []
  const device = (name: string, stepMs: number, compileMs = 0): OpenDevice => {
    let isFirst = true
    const executor: Executor = {
      plans: [plan],
      step: async ({ indices }, { learningRate }) => {
        expect(indices).toHaveLength(4)
        // Timed, not trained.
        expect(learningRate).toBe(0)
        now += stepMs + (isFirst ? compileMs : 0)
        isFirst = false
      },
      readMeasurements: async () => [],
      evaluate: async () => [],
      readState: async () => ({ parameters: new Map(), momentum: new Map(), statistics: new Map() }),
      writeState: async () => {},
      memory: () => ({ tensors: 0, bytes: 0 }),
      dispose: () => log.push(`${name} disposed`),
    }
    log.push(`${name} opened`)
    return {
      plannedBytes: null,
      isLost: () => false,
      onLost: () => () => {},
      createExecutor: async () => ({
        executor,
        facts: {
          executor: 'native',
          backend: 'wasm',
          device: '',
          reason: '',
          reproducible: true,
          threads: 1,
        },
      }),
    }
  }
  return { device, log, clock: () => now }
}

describe('the contest of engines', () => {
  it('does not ask the graphics card where the run ends soon without it', async () => {
    const { device, log, clock } = openBench()
    const result = await holdContest(
      request(300),
      () => device('native', 20),
      async () => device('webgl', 1),
      clock,
    )
    expect(result.winner).toBe('native')
    expect(result.reason).toBe(
      'The lab’s own engine takes 20 ms a step here, fast enough without the graphics card.',
    )
    expect(log).toEqual(['native opened', 'native disposed'])
  })

  it.each([
    [60, 12, 'webgl'],
    [60, 90, 'native'],
  ])(
    'between %s ms natively and %s ms on the graphics card goes to %s',
    async (ofNative, ofWebgl, winner) => {
      const { device, log, clock } = openBench()
      const result = await holdContest(
        request(1000),
        () => device('native', ofNative),
        // What is compiled in the first step is compiled once.
        async () => device('webgl', ofWebgl, 4000),
        clock,
      )
      expect(result.winner).toBe(winner)
      expect(result.reason).toContain(`${ofNative} ms a step by the lab’s own engine, ${ofWebgl} by WebGL`)
      expect(log).toEqual(['native opened', 'native disposed', 'webgl opened', 'webgl disposed'])
    },
  )

  it('is lost by a graphics card that does not train', async () => {
    const { device, clock } = openBench()
    const result = await holdContest(
      request(1000),
      () => device('native', 60),
      async () => {
        throw new Error('shader did not link')
      },
      clock,
    )
    expect(result.winner).toBe('native')
    expect(result.reason).toMatch(/^WebGL does not train on the graphics card here.*\.$/)
  })
})
