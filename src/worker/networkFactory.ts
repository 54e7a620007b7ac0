import type { NetworkPlan } from '../domain/networkPlan.ts'
import type { NativeNetwork } from '../engine/native/nativeNetwork.ts'

/** What a network in WebAssembly is made from. */
export interface NetworkRequest {
  /** The engine, compiled for shared memory where there is more than one thread. */
  readonly module: WebAssembly.Module
  readonly plan: NetworkPlan
  /** Its parameters, flat as `parameterLayout`. */
  readonly initial: Float32Array
  /** Images of the largest batch; a larger one is no error. */
  readonly batchSize: number
  /** How many share its work, the calling one included. */
  readonly threads: number
}

/** Makes a network in the thread that calls. */
export type NetworkFactory = (request: NetworkRequest) => NativeNetwork | Promise<NativeNetwork>
