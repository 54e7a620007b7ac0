import type { Command, WorkerEvent } from './messages.ts'
import type { WorkerListener, WorkerPort } from './workerPort.ts'

/** For tests: a worker that notes what it is told and says what the test says. */
export interface ScriptedWorker extends WorkerPort {
  readonly commands: readonly Command[]
  readonly isTerminated: () => boolean
  readonly say: (event: WorkerEvent) => void
  readonly crash: (message: string) => void
}

export const createScriptedWorker = (): ScriptedWorker => {
  const commands: Command[] = []
  let listener: WorkerListener | null = null
  let terminated = false
  return {
    commands,
    post: (command) => {
      commands.push(command)
    },
    listen: (to) => {
      listener = to
    },
    terminate: () => {
      terminated = true
    },
    isTerminated: () => terminated,
    say: (event) => listener?.event(event),
    crash: (message) => listener?.crash(message),
  }
}
