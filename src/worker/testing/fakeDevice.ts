import type { NetworkPlan } from '../../domain/networkPlan.ts'
import { defaultOptions } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import type { DeviceFacts } from '../../domain/run.ts'
import type { Executor } from '../../engine/executor.ts'
import type { DeviceRequest, OpenDevice } from '../trainingDevice.ts'

/** A network small enough that nothing waits for it. */
export const smallPlan: NetworkPlan = planLayers({
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [1, 1, 1],
  width: 4,
  imageSize: 8,
  channels: 3,
  classes: 10,
})

export const smallRequest = (change: Partial<DeviceRequest> = {}): DeviceRequest => ({
  choice: 'auto',
  plans: [smallPlan],
  batchSize: 4,
  steps: 1000,
  ...change,
})

export interface FakeDeviceOptions {
  readonly name: string
  /** Milliseconds a step, by the bench's clock. */
  readonly stepMs?: number
  /** What the first step takes beyond that. */
  readonly compileMs?: number
  readonly facts?: Partial<DeviceFacts>
  /** Called when the executor is made: may throw. */
  readonly creating?: () => Promise<void> | void
}

/** For tests: devices that train nothing, on one clock, with a log of what is opened and disposed of. */
export const openFakeBench = () => {
  let now = 0
  const log: string[] = []
  const device = ({
    name,
    stepMs = 1,
    compileMs = 0,
    facts = {},
    creating = () => {},
  }: FakeDeviceOptions): OpenDevice & { readonly lose: () => void } => {
    let isLost = false
    const listeners = new Set<() => void>()
    const createFake = (): Executor => {
      let isFirst = true
      return {
        plans: [smallPlan],
        step: async () => {
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
    }
    log.push(`${name} opened`)
    return {
      plannedBytes: null,
      isLost: () => isLost,
      onLost: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      createExecutor: async () => {
        await creating()
        return {
          executor: createFake(),
          facts: {
            executor: 'native',
            backend: 'wasm',
            device: name,
            reason: '',
            reproducible: true,
            threads: 1,
            ...facts,
          },
        }
      },
      lose: () => {
        isLost = true
        for (const listener of listeners) listener()
      },
    }
  }
  return { device, log, clock: () => now }
}
