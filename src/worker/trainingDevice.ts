import type { BackendChoice } from '../domain/experimentSpec.ts'
import type { NetworkPlan } from '../domain/networkPlan.ts'
import type { DeviceFacts } from '../domain/run.ts'
import type { Executor, ExecutorRequest } from '../engine/executor.ts'
import type { Losable } from '../engine/loop/whileAlive.ts'

/** What an experiment asks of a device, known before anything is made. */
export interface DeviceRequest {
  readonly choice: BackendChoice
  readonly plans: readonly NetworkPlan[]
  /** Images a step. */
  readonly batchSize: number
  /** Steps of the whole run: what is to be gained by a faster device. */
  readonly steps: number
}

/** An executor, and what it turned out to train on. */
export interface OpenExecutor {
  readonly executor: Executor
  readonly facts: DeviceFacts
}

/** Lets messages in. While something is prepared it throws `RunStopped` where the run was stopped. */
export type Breathe = () => Promise<void>

/** Is told what share of the shaders is compiled, from 0 to 1. */
export type ShaderProgress = (fraction: number) => void

/** What trains the networks of one experiment; stays open from run to run. */
export interface OpenDevice extends Losable {
  /** Bytes that the executor of these networks will take; null where that is not planned. */
  readonly plannedBytes: number | null
  /** Throws `NotEnoughMemory` where there is not enough. */
  readonly createExecutor: (
    request: ExecutorRequest,
    breathe: Breathe,
    onProgress: ShaderProgress,
  ) => Promise<OpenExecutor>
}

/** What this browser, or this program, has to train with. */
export interface TrainingDevice {
  /** Throws `EngineUnavailable` where it does not have what was chosen. May train a few steps to find out what is faster. */
  readonly open: (request: DeviceRequest, breathe: Breathe, onProgress: ShaderProgress) => Promise<OpenDevice>
  /** Does beforehand what `open` and its executor would otherwise wait for, where that costs little. */
  readonly warm?: (request: DeviceRequest) => Promise<void>
}
