import type { HelperThread, HelperWork } from '../engine/native/createNativeNetwork.ts'
import { connectWorker, type WorkerPort } from '../protocol/workerPort.ts'
import type { HelperCommand, HelperReady } from './helperMessages.ts'

type HelperPort = WorkerPort<HelperCommand, HelperReady>

const spawnHelper = (): HelperPort =>
  connectWorker<HelperCommand, HelperReady>(
    new Worker(new URL('./helperWorker.ts', import.meta.url), { type: 'module' }),
  )

/** Starts a thread that helps to train one network. Its memory must be shared, and the page isolated from other origins. */
export const startHelper = (work: HelperWork, spawn: () => HelperPort = spawnHelper): Promise<HelperThread> =>
  new Promise((resolve, reject) => {
    const port = spawn()
    const fail = (message: string): void => {
      port.terminate()
      reject(new Error(`a helper thread did not start: ${message}`))
    }
    port.listen({ event: () => resolve({ stop: () => port.terminate() }), crash: fail })
    try {
      port.post(work)
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error))
    }
  })
