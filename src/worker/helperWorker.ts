import { startEngine } from '../engine/native/startEngine.ts'
import type { HelperCommand, HelperReady } from './helperMessages.ts'

/** A helper thread of one network: does its part of every program on memory that it shares with the network's worker. */
addEventListener('message', ({ data }: MessageEvent<HelperCommand>) => {
  const { help } = startEngine(data.module, data.memory)
  const ready: HelperReady = { type: 'ready' }
  postMessage(ready)
  help(data.control, data.thread)
})
