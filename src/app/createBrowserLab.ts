import { createLabClient } from '../protocol/labClient.ts'
import { connectWorker, type WorkerPort } from '../protocol/workerPort.ts'
import { createLab } from '../state/createLab.ts'
import type { Lab } from '../state/lab.ts'
import { browserFrame, browserLink, browserStorage, browserVisibility } from './browserPorts.ts'
import { warmWhenIdle } from './warmWhenIdle.ts'

const spawnTrainer = (): WorkerPort =>
  connectWorker(
    new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'trainer' }),
  )

/** `?fake` while developing: invented curves instead of training. Never in the built page. */
const trainerSpawner = async (): Promise<() => WorkerPort> => {
  if (import.meta.env.DEV && new URLSearchParams(window.location.search).has('fake')) {
    const { createFakeWorker } = await import('../protocol/fakeWorker.ts')
    return () => createFakeWorker()
  }
  return spawnTrainer
}

/** The one composition root: the lab over this browser. */
export const createBrowserLab = async (): Promise<Lab> => {
  const client = createLabClient(await trainerSpawner())
  const lab = createLab({
    client,
    link: browserLink,
    storage: browserStorage,
    visibility: browserVisibility,
    scheduleFrame: browserFrame,
  })
  warmWhenIdle(lab, client)
  return lab
}
