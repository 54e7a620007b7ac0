import type { WorkerPort } from '../protocol/workerPort.ts'
import type { AnswerTo, NetworkCommand, NetworkReply, Question, WorkerVerb } from './networkMessages.ts'

/** A worker that trains networks, as the thread that uses it sees it. */
export type NetworkWorkerPort = WorkerPort<NetworkCommand, NetworkReply>

/** Asks one worker of networks. */
export interface NetworkClient {
  /** Throws what went wrong there, and where the worker broke or was ended before it answered. */
  readonly ask: <Asked extends Question>(question: Asked) => Promise<AnswerTo<Asked['verb']>>
  /** Whether the worker broke or was ended: it will never answer again. */
  readonly isOver: () => boolean
  /** Ends the worker. */
  readonly end: () => void
}

interface OpenQuestion {
  readonly hear: (reply: NetworkReply) => void
  readonly fail: (error: Error) => void
}

const isAnswerTo = <Verb extends WorkerVerb>(reply: NetworkReply, verb: Verb): reply is AnswerTo<Verb> =>
  'verb' in reply && reply.verb === verb

export const createNetworkClient = (port: NetworkWorkerPort): NetworkClient => {
  const open = new Map<number, OpenQuestion>()
  let asked = 0
  let over: Error | null = null

  const endFor = (reason: string): void => {
    if (over !== null) return
    const error = new Error(`the worker of a network ${reason}`)
    over = error
    port.terminate()
    const questions = [...open.values()]
    open.clear()
    for (const { fail } of questions) fail(error)
  }

  port.listen({
    event: (reply) => {
      const question = open.get(reply.id)
      open.delete(reply.id)
      question?.hear(reply)
    },
    crash: (message) => endFor(`broke: ${message}`),
  })

  return {
    ask: <Asked extends Question>(question: Asked) =>
      new Promise<AnswerTo<Asked['verb']>>((resolve, reject) => {
        if (over !== null) {
          reject(over)
          return
        }
        const verb: Asked['verb'] = question.verb
        asked += 1
        const id = asked
        const hear = (reply: NetworkReply): void => {
          if (isAnswerTo(reply, verb)) resolve(reply)
          else
            reject(new Error('error' in reply ? reply.error : `a worker answered ${reply.verb} to ${verb}`))
        }
        open.set(id, { hear, fail: reject })
        try {
          port.post({ id, ...question })
        } catch (error) {
          // What cannot be sent was not asked.
          open.delete(id)
          reject(error)
        }
      }),
    isOver: () => over !== null,
    end: () => endFor('was ended'),
  }
}
