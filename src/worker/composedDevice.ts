import type { OpenBackend } from '../engine/backends.ts'
import { createComposedExecutor } from '../engine/createComposedExecutor.ts'
import { openCpu } from '../engine/openCpu.ts'
import { openWebgl } from '../engine/openWebgl.ts'
import type { OpenDevice } from './trainingDevice.ts'

/** The tfjs backends that the page uses; its WebAssembly is slower than the lab's own engine, and no part of the page. */
export type PageBackend = 'webgl' | 'cpu'

/** Throws `EngineUnavailable` where the backend does not compute here. */
export const openPageBackend = async (name: PageBackend, reason: string): Promise<OpenBackend> =>
  name === 'cpu' ? openCpu(reason) : openWebgl(reason)

/** A tfjs backend that was opened, as what trains an experiment. */
export const composedDevice = (backend: OpenBackend): OpenDevice => ({
  // tfjs takes its memory as it goes.
  plannedBytes: null,
  isLost: () => backend.isLost(),
  onLost: (listener) => backend.onLost(listener),
  createExecutor: async (request, breathe) => ({
    executor: await createComposedExecutor(request, { yieldToMessages: breathe }),
    facts: backend.facts,
  }),
})
