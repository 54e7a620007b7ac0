import { Worker } from 'node:worker_threads'
import type { StartHelper } from '../../src/engine/native/createNativeNetwork.ts'

/** As src/worker/helperWorker.ts, for a program without a page; text, because a thread of Node reads no TypeScript. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { module, memory, control, thread } = workerData
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  parentPort.postMessage('ready')
  exports.help(control, thread)
`

/** Starts a helper thread of a network in Node. */
export const startNodeHelper: StartHelper = (work) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: work })
    // A program does not wait for its helpers to end.
    worker.unref()
    worker.once('error', reject)
    worker.once('message', () => resolve({ stop: () => void worker.terminate() }))
  })
