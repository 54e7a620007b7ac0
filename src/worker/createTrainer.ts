import { createRunControl, type RunControl } from '../engine/loop/runControl.ts'
import type { Command, WorkerEvent } from '../protocol/messages.ts'
import { createCifarStore } from './cifarStore.ts'
import { createCifarKeeper } from './createCifarKeeper.ts'
import { createDatasetCache } from './createDatasetCache.ts'
import { runSession } from './runSession.ts'
import type { TrainingDevice } from './trainingDevice.ts'
import { warmUp } from './warmUp.ts'

export interface TrainerRequest {
  readonly send: (event: WorkerEvent) => void
  readonly loadTrainingDevice: () => Promise<TrainingDevice>
}

/** Turns commands into runs and into what is kept of CIFAR-10. One run at a time: a second waits for the end of the first. */
export const createTrainer = ({
  send,
  loadTrainingDevice,
}: TrainerRequest): { readonly receive: (command: Command) => void } => {
  const cifarStore = createCifarStore()
  const cifar = createCifarKeeper(cifarStore, send)
  const datasets = createDatasetCache(cifarStore)
  const controls = new Map<string, RunControl>()
  let lastRun: Promise<void> = Promise.resolve()
  let lastWarm: Promise<void> = Promise.resolve()
  let warming = { isOutdated: true }

  const start = ({ runId, spec, paused }: Extract<Command, { readonly type: 'start' }>): void => {
    for (const control of controls.values()) control.stop()
    const control = createRunControl(paused)
    controls.set(runId, control)
    lastRun = lastRun
      .then(() => runSession({ runId, spec, control, datasets, loadTrainingDevice, send }))
      .finally(() => controls.delete(runId))
  }

  /** A run that comes meanwhile waits for what is under way, and finds it done. */
  const warm = ({ spec }: Extract<Command, { readonly type: 'warm' }>): void => {
    if (controls.size > 0) return
    warming.isOutdated = true
    const own = { isOutdated: false }
    warming = own
    lastWarm = lastWarm.then(() =>
      warmUp({ spec, datasets, loadTrainingDevice, isOutdated: () => own.isOutdated }),
    )
  }

  const toRun = (
    command: Exclude<Command, { readonly requestId: string } | { readonly type: 'warm' }>,
  ): void => {
    const control = controls.get(command.runId)
    switch (command.type) {
      case 'start':
        start(command)
        break
      case 'pause':
        control?.pause()
        break
      case 'resume':
        control?.resume()
        break
      case 'step':
        control?.step()
        break
      case 'stop':
        control?.stop()
        break
      case 'intervene':
        control?.change(command.intervention)
        break
      default:
        command satisfies never
    }
  }

  const toCifar = async (command: Extract<Command, { readonly requestId: string }>): Promise<void> => {
    const hasChanged = await cifar.receive(command)
    if (hasChanged) datasets.forgetCifar()
  }

  return {
    receive: (command) => {
      if ('requestId' in command) void toCifar(command)
      else if (command.type === 'warm') warm(command)
      else toRun(command)
    },
  }
}
