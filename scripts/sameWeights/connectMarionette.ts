import { once } from 'node:events'
import { connect } from 'node:net'
import * as v from 'valibot'

/** Asks a Firefox. */
export interface Marionette {
  /** Of the Firefox. */
  readonly version: string
  /**
   * @param result what the answer must hold
   * @throws Error with Firefox's words where it refuses, or is gone
   */
  readonly send: <T>(command: string, params: object, result: v.GenericSchema<unknown, T>) => Promise<T>
  readonly disconnect: () => void
}

interface Waiting {
  readonly done: (result: unknown) => void
  readonly fail: (error: Error) => void
}

/** Type (1: an answer), number of the command, what went wrong, what came of it. */
const answerSchema = v.tuple([
  v.literal(1),
  v.number(),
  v.nullable(v.object({ error: v.string(), message: v.string() })),
  v.unknown(),
])

const sessionSchema = v.object({ capabilities: v.object({ browserVersion: v.string() }) })

/** Packets of a stream, each `LENGTH:JSON` with the length in bytes. */
const createPacketReader = (onPacket: (packet: unknown) => void): ((chunk: Buffer) => void) => {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (let colon = rest.indexOf(':'); colon >= 0; colon = rest.indexOf(':')) {
      const end = colon + 1 + Number(rest.subarray(0, colon))
      if (rest.length < end) return
      onPacket(JSON.parse(rest.subarray(colon + 1, end).toString()))
      rest = rest.subarray(end)
    }
  }
}

/**
 * Connects to a Firefox by Marionette, the protocol beneath its WebDriver
 * (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html), and opens a session.
 *
 * Not by WebDriver BiDi, though Firefox speaks that too: its sessions watch the making of workers, and while they do (Firefox 153), a
 * worker that makes another stops for ever in one of a hundred tries.
 * @throws Error where nobody answers there
 */
export const connectMarionette = async (port: number): Promise<Marionette> => {
  const socket = connect(port, '127.0.0.1')
  const waiting = new Map<number, Waiting>()
  let sent = 0

  const failAll = (): void => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox closed the connection.'))
    waiting.clear()
  }
  const onPacket = (packet: unknown): void => {
    // The greeting, which comes first, is no answer.
    if (!Array.isArray(packet)) return
    const [, number, error, result] = v.parse(answerSchema, packet)
    const asker = waiting.get(number)
    waiting.delete(number)
    if (error === null) asker?.done(result)
    else asker?.fail(new Error(error.message || error.error))
  }
  await once(socket, 'connect')
  socket.on('data', createPacketReader(onPacket))
  socket.on('error', failAll)
  socket.on('close', failAll)

  const send: Marionette['send'] = async (command, params, result) => {
    const answer = await new Promise<unknown>((done, fail) => {
      if (socket.destroyed) throw new Error('Firefox closed the connection.')
      sent++
      waiting.set(sent, { done, fail })
      const packet = JSON.stringify([0, sent, command, params])
      socket.write(`${Buffer.byteLength(packet)}:${packet}`)
    })
    return v.parse(result, answer)
  }
  const { capabilities } = await send('WebDriver:NewSession', {}, sessionSchema)
  return { version: capabilities.browserVersion, send, disconnect: () => socket.destroy() }
}
