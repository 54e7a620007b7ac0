import type { Command } from '../protocol/messages.ts'
import { createTrainer } from './createTrainer.ts'
import { loadTrainingDevice } from './loadTrainingDevice.ts'

/** The training worker: everything that it hears and says is in `protocol/messages.ts`. */
const trainer = createTrainer({ send: (event) => postMessage(event), loadTrainingDevice })

addEventListener('message', ({ data }: MessageEvent<Command>) => trainer.receive(data))
