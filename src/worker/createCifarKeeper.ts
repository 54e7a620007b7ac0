import type { CifarImages } from '../datasets/cifar/cifarImages.ts'
import { readCifar } from '../datasets/cifar/readCifar.ts'
import { toRgba } from '../datasets/rgba.ts'
import { classCount } from '../domain/experimentSpec.ts'
import { yieldToMessages } from '../engine/yieldToMessages.ts'
import type { CifarFacts, Command, WorkerEvent } from '../protocol/messages.ts'

export type CifarCommand = Extract<Command, { readonly requestId: string }>

/** The visitor's CIFAR-10: reads it from files, keeps it for next time, says what is kept. */
export interface CifarKeeper {
  /** Answers the command by events; resolves with whether what is kept has changed. Never throws. */
  readonly receive: (command: CifarCommand) => Promise<boolean>
  /** What is kept; null where nothing is. */
  readonly images: () => Promise<CifarImages | null>
}

export const createCifarKeeper = (send: (event: WorkerEvent) => void): CifarKeeper => {
  let kept: { readonly images: CifarImages; readonly note: string | null } | null = null

  const facts = (): CifarFacts | null =>
    kept === null
      ? null
      : {
          trainingImages: kept.images.training.count,
          validationImages: kept.images.validation.count,
          thumbnails: thumbnailsOf(kept.images),
          note: kept.note,
        }

  return {
    images: async () => kept?.images ?? null,
    receive: async (command) => {
      const { requestId } = command
      if (command.type === 'importCifar') {
        const reading = await readCifar(command.files, async (fraction) => {
          send({ type: 'cifarProgress', requestId, fraction })
          await yieldToMessages()
        })
        if (!reading.ok) {
          send({ type: 'cifarRefused', requestId, sentence: reading.sentence })
          return false
        }
        kept = { images: reading.cifar, note: reading.note }
      }
      if (command.type === 'forgetCifar') kept = null
      send({ type: 'cifarReady', requestId, facts: facts() })
      return command.type !== 'describeCifar'
    },
  }
}

const thumbnailsOf = ({ training }: CifarImages): readonly Uint8ClampedArray[] =>
  Array.from({ length: classCount }, (_, label) => {
    const index = training.labels.indexOf(label)
    return index === -1 ? new Uint8ClampedArray(32 * 32 * 4) : toRgba(training, index)
  })
