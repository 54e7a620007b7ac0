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

/** Sixteen bits, as some phones have, hold three digits of a number. */
const coarse = 'It has only 16-bit floats here, too coarse for most trainings.'

/**
 * A tfjs backend that was opened, as what trains an experiment.
 * @param reason why it was taken this time; left out: why it was opened
 */
export const composedDevice = (backend: OpenBackend, reason = backend.facts.reason): OpenDevice => ({
  // tfjs takes its memory as it goes.
  plannedBytes: null,
  isLost: () => backend.isLost(),
  onLost: (listener) => backend.onLost(listener),
  createExecutor: async (request, breathe) => ({
    executor: await createComposedExecutor(request, { yieldToMessages: breathe }),
    facts: { ...backend.facts, reason: backend.floatBits === 16 ? `${reason} ${coarse}` : reason },
  }),
})
