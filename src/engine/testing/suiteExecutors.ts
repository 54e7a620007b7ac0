import { memory } from '@tensorflow/tfjs-core'
import { type BackendName, openBackend } from '../backends.ts'
import { createComposedExecutor } from '../createComposedExecutor.ts'
import type { ExecutorRequest } from '../executor.ts'
import { createFusedExecutor } from '../fused/createFusedExecutor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { createNativeHere } from '../native/createNativeHere.ts'
import { openWebglContext } from '../openWebglContext.ts'
import { suiteBackends } from './suiteBackends.ts'

/** What a suite about executors runs on: the composed executor on a backend of tfjs, the lab's own engine, or the fused executor. */
export type SuiteExecutor = BackendName | 'native' | 'fused'

/** In Node plain JavaScript, WebAssembly and the lab's own engine; in a browser WebGL, in both ways, and that engine. */
export const suiteExecutors = (): readonly SuiteExecutor[] => [
  ...suiteBackends(),
  ...('OffscreenCanvas' in globalThis ? (['fused'] as const) : []),
  'native',
]

/** An executor that is ready to be made, as often as a suite likes. */
export interface OpenSuite {
  readonly create: (request: ExecutorRequest) => Promise<InspectableExecutor>
  /** Tensors that exist on the device, of whatever executor. */
  readonly tensors: () => number
  readonly close: () => void
}

export const openSuite = async (name: SuiteExecutor): Promise<OpenSuite> => {
  if (name === 'native') return { create: createNativeHere, tensors: () => 0, close: () => {} }
  if (name === 'fused') return openFusedSuite()
  const { close } = await openBackend(name)
  return { create: createComposedExecutor, tensors: () => memory().numTensors, close }
}

const openFusedSuite = (): OpenSuite => {
  const context = openWebglContext()
  return {
    create: (request) => createFusedExecutor(request, { gl: context.gl }),
    // An executor gives back all of its textures, and nothing else has some here.
    tensors: () => 0,
    close: () => context.close(),
  }
}
