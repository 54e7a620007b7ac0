import { planLayers } from '../domain/planLayers.ts'
import type { NativeNetwork } from '../engine/native/nativeNetwork.ts'
import type { NetworkFactory } from './networkFactory.ts'
import type { NetworkCommand, NetworkReply, Result } from './networkMessages.ts'

export interface NetworkServerRequest {
  /** `transfer`: what is given away with the reply. */
  readonly send: (reply: NetworkReply, transfer: Transferable[]) => void
  readonly createNetwork: NetworkFactory
}

/** What came of a command. */
interface Outcome {
  readonly done: Result
  /** The network that was asked, where one was and still is. */
  readonly network?: NativeNetwork
  /** Vectors of the result, which nobody needs here any more. */
  readonly given?: readonly Float32Array[]
}

/** The networks of one worker: carries out what they are asked, in the order in which it is asked, and answers. */
export const createNetworkServer = ({
  send,
  createNetwork,
}: NetworkServerRequest): { readonly receive: (command: NetworkCommand) => void } => {
  const networks = new Map<number, NativeNetwork>()
  let created = 0
  let last: Promise<void> = Promise.resolve()

  const networkAt = (number: number): NativeNetwork => {
    const network = networks.get(number)
    if (network === undefined) throw new Error(`there is no network ${number} in this worker`)
    return network
  }

  const carryOut = async (command: NetworkCommand): Promise<Outcome> => {
    switch (command.verb) {
      case 'ping':
        return { done: { verb: 'ping', result: undefined } }
      case 'create': {
        const [{ spec, ...order }] = command.args
        const network = await createNetwork({ plan: planLayers(spec), ...order })
        created += 1
        networks.set(created, network)
        return { done: { verb: 'create', result: created }, network }
      }
      case 'step': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        return { done: { verb: 'step', result: network.step(...args) }, network }
      }
      case 'differentiate': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        const result = network.differentiate(...args)
        return { done: { verb: 'differentiate', result }, network, given: [result.gradient, result.logits] }
      }
      case 'observe': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        const result = network.observe(...args)
        return { done: { verb: 'observe', result }, network, given: [...result.values()] }
      }
      case 'batchStatistics': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        const result = network.batchStatistics(...args)
        return { done: { verb: 'batchStatistics', result }, network, given: [result] }
      }
      case 'infer': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        const result = network.infer(...args)
        return { done: { verb: 'infer', result }, network, given: [result.logits] }
      }
      case 'readState': {
        const [number] = command.args
        const network = networkAt(number)
        const result = network.readState()
        const given = [result.parameters, result.momentum, result.statistics]
        return { done: { verb: 'readState', result }, network, given }
      }
      case 'writeState': {
        const [number, ...args] = command.args
        const network = networkAt(number)
        return { done: { verb: 'writeState', result: network.writeState(...args) }, network }
      }
      case 'dispose': {
        const [number] = command.args
        const network = networkAt(number)
        networks.delete(number)
        return { done: { verb: 'dispose', result: network.dispose() } }
      }
      default:
        return command satisfies never
    }
  }

  const reply = async (command: NetworkCommand): Promise<void> => {
    const { id } = command
    try {
      const { done, network, given = [] } = await carryOut(command)
      send({ id, ...done, memoryBytes: network?.memoryBytes() ?? 0 }, given.map(ownBuffer))
    } catch (error) {
      send({ id, error: error instanceof Error ? error.message : String(error) }, [])
    }
  }

  return {
    receive: (command) => {
      last = last.then(() => reply(command))
    },
  }
}

/** Shared memory would not be given away, but seen to change by whoever asked. */
const ownBuffer = ({ buffer }: Float32Array): ArrayBuffer => {
  if (buffer instanceof ArrayBuffer) return buffer
  throw new Error('a network answered with memory that it computes in')
}
