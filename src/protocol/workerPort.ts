import type { Command, WorkerEvent } from './messages.ts'

/** What a worker tells: its events, and that it broke (a script that does not load, an uncaught error, an unreadable message). */
export interface WorkerListener<Heard = WorkerEvent> {
  readonly event: (event: Heard) => void
  readonly crash: (message: string) => void
}

/** A worker as its client sees it: the real one, or a fake in tests. Which messages it speaks, those of the trainer or others, is its own. */
export interface WorkerPort<Sent = Command, Heard = WorkerEvent> {
  readonly post: (command: Sent) => void
  /** Called once, before the first command. */
  readonly listen: (listener: WorkerListener<Heard>) => void
  readonly terminate: () => void
}

/** The port to a real worker that speaks this protocol. */
export const connectWorker = <Sent = Command, Heard = WorkerEvent>(
  worker: Worker,
): WorkerPort<Sent, Heard> => ({
  post: (command) => worker.postMessage(command),
  listen: ({ event, crash }) => {
    worker.addEventListener('message', (message: MessageEvent<Heard>) => event(message.data))
    worker.addEventListener('messageerror', () => crash('a message could not be read'))
    worker.addEventListener('error', (error: Event) => {
      error.preventDefault()
      // A script that does not load gives a plain event, without a message.
      const message = 'message' in error && typeof error.message === 'string' ? error.message : ''
      crash(message.replace(/^Uncaught /, '') || 'its script did not load')
    })
  },
  terminate: () => worker.terminate(),
})
