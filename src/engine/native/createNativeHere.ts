import type { ExecutorRequest } from '../executor.ts'
import { flatten, parameterLayout } from '../flatLayout.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { createNativeExecutor } from './createNativeExecutor.ts'
import { createNativeNetwork, type StartHelper } from './createNativeNetwork.ts'
import { loadEngine } from './loadEngine.ts'
import { hostHere } from './networkHost.ts'

export interface NativeHereOptions {
  /** Images of the largest batch; for a larger one the memory is laid out anew. */
  readonly batchSize?: number
  /** Threads of each network, the calling one included. */
  readonly threads?: number
  /** Needed for more than one thread. */
  readonly startHelper?: StartHelper
}

/** The native executor with all its networks in the calling thread: for programs without a page, and for tests. */
export const createNativeHere = async (
  request: ExecutorRequest,
  { batchSize = 1, threads = 1, startHelper }: NativeHereOptions = {},
): Promise<InspectableExecutor> => {
  const module = await loadEngine(threads > 1)
  const hosts = await Promise.all(
    request.plans.map(async (plan, index) => {
      const values = request.initial[index]
      if (values === undefined) throw new Error(`Network ${index + 1} has no initial weights.`)
      const initial = flatten(parameterLayout(plan), values)
      const helpers = startHelper === undefined ? {} : { startHelper }
      return hostHere(await createNativeNetwork({ module, plan, initial, batchSize, threads, ...helpers }))
    }),
  )
  return createNativeExecutor(request, { hosts })
}
