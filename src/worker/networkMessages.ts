import type { NetworkSpec } from '../domain/networkSpec.ts'
import type { NativeNetwork } from '../engine/native/nativeNetwork.ts'
import type { NetworkVerb } from '../engine/native/networkHost.ts'
import type { NetworkRequest } from './networkFactory.ts'

/** A network as it is ordered: its plan is made anew where it trains, which is less to send. */
export interface NetworkOrder extends Omit<NetworkRequest, 'plan'> {
  readonly spec: NetworkSpec
}

/** What each network of a worker can be asked, by its number there. */
type VerbsOfNetwork = {
  readonly [Verb in NetworkVerb]: (
    network: number,
    ...args: Parameters<NativeNetwork[Verb]>
  ) => ReturnType<NativeNetwork[Verb]>
}

/** What a worker can be asked. */
export interface WorkerVerbs extends VerbsOfNetwork {
  /** Answered as soon as the worker has loaded. */
  readonly ping: () => void
  /** Makes a network; gives the number by which it is asked from then on. */
  readonly create: (order: NetworkOrder) => number
}

export type WorkerVerb = keyof WorkerVerbs

/** What a worker is told to do, before it has an id. */
export type Question = {
  readonly [Verb in WorkerVerb]: { readonly verb: Verb; readonly args: Parameters<WorkerVerbs[Verb]> }
}[WorkerVerb]

/** What came of it. */
export type Result = {
  readonly [Verb in WorkerVerb]: { readonly verb: Verb; readonly result: ReturnType<WorkerVerbs[Verb]> }
}[WorkerVerb]

/** Commands are carried out one by one, in the order in which they come. */
export type NetworkCommand = Question & { readonly id: number }

/** The answer to the command of the same id. */
export type NetworkAnswer = Result & {
  readonly id: number
  /** WebAssembly memory of the network that was asked, now; 0 where there is none. */
  readonly memoryBytes: number
}

/** Why the command of the same id was not carried out. */
export interface NetworkFailure {
  readonly id: number
  readonly error: string
}

export type NetworkReply = NetworkAnswer | NetworkFailure

/** The answer that belongs to a verb. */
export type AnswerTo<Verb extends WorkerVerb> = Extract<NetworkAnswer, { readonly verb: Verb }>
