import { memory } from '@tensorflow/tfjs-core'
import { type BackendName, openBackend } from '../backends.ts'
import { createComposedExecutor } from '../createComposedExecutor.ts'
import type { ExecutorRequest } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { createNativeHere } from '../native/createNativeHere.ts'
import { suiteBackends } from './suiteBackends.ts'

/** What a suite about executors runs on: the composed executor on a backend of tfjs, or the lab's own engine. */
export type SuiteExecutor = BackendName | 'native'

/** In Node plain JavaScript, WebAssembly and the lab's own engine; in a browser WebGL and that engine. */
export const suiteExecutors = (): readonly SuiteExecutor[] => [...suiteBackends(), 'native']

/** An executor that is ready to be made, as often as a suite likes. */
export interface OpenSuite {
  readonly create: (request: ExecutorRequest) => Promise<InspectableExecutor>
  /** Tensors that exist on the device, of whatever executor. */
  readonly tensors: () => number
  readonly close: () => void
}

export const openSuite = async (name: SuiteExecutor): Promise<OpenSuite> => {
  if (name === 'native') return { create: createNativeHere, tensors: () => 0, close: () => {} }
  const { close } = await openBackend(name)
  return { create: createComposedExecutor, tensors: () => memory().numTensors, close }
}
