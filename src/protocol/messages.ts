import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import type { Intervention, LiveIntervention } from '../domain/interventions.ts'
import type {
  DeviceFacts,
  DeviceMemory,
  EvaluationPoint,
  FairnessChecks,
  RunFailure,
  StepPoint,
} from '../domain/run.ts'

/** Page to worker. */
export type Command =
  | {
      readonly type: 'start'
      readonly runId: string
      readonly spec: ExperimentSpec
      readonly paused: boolean
    }
  | { readonly type: 'pause'; readonly runId: string }
  | { readonly type: 'resume'; readonly runId: string }
  /** Trains exactly one step and pauses. */
  | { readonly type: 'step'; readonly runId: string }
  | { readonly type: 'stop'; readonly runId: string }
  | { readonly type: 'intervene'; readonly runId: string; readonly intervention: LiveIntervention }
  /** Makes ready, while nobody trains, what a run of this experiment would begin with; nothing is answered. */
  | { readonly type: 'warm'; readonly spec: ExperimentSpec }
  | { readonly type: 'importCifar'; readonly requestId: string; readonly files: readonly File[] }
  | { readonly type: 'describeCifar'; readonly requestId: string }
  | { readonly type: 'forgetCifar'; readonly requestId: string }

/** What is kept of the visitor's CIFAR-10. */
export interface CifarFacts {
  readonly trainingImages: number
  readonly validationImages: number
  /** One image of each class, 32×32 RGBA bytes each, for the setup. */
  readonly thumbnails: readonly Uint8ClampedArray[]
  /** Something that the visitor should know, e.g. that the test batch was missing. */
  readonly note: string | null
}

/** `shaders` comes where a graphics card is to train, and also before `data`, where it is tried first. */
export type PreparationStage = 'loading' | 'data' | 'networks' | 'shaders' | 'first-step'

/** Worker to page. */
export type RunEvent =
  /** Comes before `started`, and once more (`first-step`) while the first step of training compiles. */
  | {
      readonly type: 'preparing'
      readonly runId: string
      readonly stage: PreparationStage
      /** 0 … 1 of this stage. */
      readonly fraction: number
      /** Memory that the networks will take, said before it is taken; null or left out where the executor does not plan it. */
      readonly bytes?: number | null
    }
  | {
      readonly type: 'started'
      readonly runId: string
      readonly device: DeviceFacts
      readonly checks: FairnessChecks
      /** A sentence about the data that the visitor should know, or null. */
      readonly note: string | null
    }
  | {
      readonly type: 'points'
      readonly runId: string
      readonly steps: readonly StepPoint[]
      readonly evaluations: readonly EvaluationPoint[]
      /** Training time so far, pauses excluded, seconds. */
      readonly seconds: number
      readonly memory: DeviceMemory
    }
  | { readonly type: 'intervened'; readonly runId: string; readonly intervention: Intervention }
  | { readonly type: 'paused'; readonly runId: string }
  | { readonly type: 'resumed'; readonly runId: string }
  | { readonly type: 'stopped'; readonly runId: string }
  | {
      readonly type: 'finished'
      readonly runId: string
      readonly seconds: number
      /** `Run.weightsDigest`. */
      readonly weightsDigest: string
    }
  | { readonly type: 'failed'; readonly runId: string; readonly failure: RunFailure }

export type CifarEvent =
  | { readonly type: 'cifarProgress'; readonly requestId: string; readonly fraction: number }
  | { readonly type: 'cifarReady'; readonly requestId: string; readonly facts: CifarFacts | null }
  | { readonly type: 'cifarRefused'; readonly requestId: string; readonly sentence: string }

export type WorkerEvent = RunEvent | CifarEvent
