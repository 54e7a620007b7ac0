import { readCifar } from '../datasets/cifar/readCifar.ts'
import { yieldToMessages } from '../engine/yieldToMessages.ts'
import type { Command, WorkerEvent } from '../protocol/messages.ts'
import type { CifarStore } from './cifarStore.ts'

export type CifarCommand = Extract<Command, { readonly requestId: string }>

/** The visitor's CIFAR-10: reads it from files, keeps it for next time, says what is kept. */
export interface CifarKeeper {
  /** Answers the command by events; resolves with whether what is kept has changed. Never rejects. */
  readonly receive: (command: CifarCommand) => Promise<boolean>
}

const unknownTrouble = (error: unknown): string =>
  `The files could not be read (${error instanceof Error ? error.message : String(error)}). Choose them again.`

/** One command after the other; a file is read in small pieces, so that a running experiment goes on between them. */
export const createCifarKeeper = (store: CifarStore, send: (event: WorkerEvent) => void): CifarKeeper => {
  let last: Promise<unknown> = Promise.resolve()

  const importFiles = async (requestId: string, files: readonly File[]): Promise<boolean> => {
    const reading = await readCifar(files, async (fraction) => {
      send({ type: 'cifarProgress', requestId, fraction })
      await yieldToMessages()
    })
    if (!reading.ok) {
      send({ type: 'cifarRefused', requestId, sentence: reading.sentence })
      return false
    }
    send({ type: 'cifarReady', requestId, facts: await store.save(reading.cifar, reading.note) })
    return true
  }

  const answer = async (command: CifarCommand): Promise<boolean> => {
    const { requestId } = command
    switch (command.type) {
      case 'importCifar':
        return importFiles(requestId, command.files)
      case 'describeCifar':
        send({ type: 'cifarReady', requestId, facts: await store.describe() })
        return false
      case 'forgetCifar':
        await store.forget()
        send({ type: 'cifarReady', requestId, facts: null })
        return true
      default:
        return command satisfies never
    }
  }

  return {
    receive: (command) => {
      const answered = last
        .then(() => answer(command))
        .catch((error: unknown) => {
          send({ type: 'cifarRefused', requestId: command.requestId, sentence: unknownTrouble(error) })
          return false
        })
      last = answered
      return answered
    },
  }
}
