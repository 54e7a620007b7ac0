import type { OpenBackend } from '../engine/backends.ts'
import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import { engineRuns } from '../engine/native/loadEngine.ts'
import { probeWebgl, type WebglProbe } from '../engine/probeWebgl.ts'
import { isSoftwareRenderer } from '../engine/softwareRenderer.ts'
import type { PageBackend } from './composedDevice.ts'
import { type ContestResult, holdContest } from './contest.ts'
import { openNative, warmNative } from './nativeDevice.ts'
import { createNetworkPool } from './networkPool.ts'
import { spawnNetworkWorker } from './spawnNetworkWorker.ts'
import type { DeviceRequest, OpenDevice, TrainingDevice } from './trainingDevice.ts'

const chosen = 'It was chosen in the setup.'

/** Why no graphics card trains here, the beginning of a sentence; null where one may. */
const whyNoGpu = (probe: WebglProbe | null): string | null => {
  if (probe?.writesFloats !== true) return 'There is no WebGL 2 here'
  if (isSoftwareRenderer(probe.renderer)) return `WebGL runs on the processor here (${probe.renderer})`
  return null
}

/**
 * What the page trains with. Workers and the tfjs backend that was opened last stay, so that a second run starts at once; tfjs is
 * fetched when it is asked for.
 */
export const createTrainingDevice = (): TrainingDevice => {
  const machine = {
    cores: navigator.hardwareConcurrency,
    canShareMemory: globalThis.crossOriginIsolated === true,
    pool: createNetworkPool({ spawn: spawnNetworkWorker }),
  }
  /** Looked at once: a browser takes a while to open a context. */
  let probed: { readonly probe: WebglProbe | null } | null = null
  const probe = (): WebglProbe | null => {
    probed ??= { probe: probeWebgl() }
    return probed.probe
  }
  let present: { readonly name: PageBackend; readonly backend: OpenBackend } | null = null
  const contests = new Map<string, ContestResult>()

  const close = (): void => {
    present?.backend.close()
    present = null
  }
  const openBackend = async (name: PageBackend, reason: string): Promise<OpenBackend> => {
    const { openPageBackend } = await import('./composedDevice.ts')
    if (present?.name !== name || present.backend.isLost()) {
      close()
      present = { name, backend: await openPageBackend(name, reason) }
    }
    const { backend } = present
    return { ...backend, facts: { ...backend.facts, reason } }
  }
  const openComposed = async (name: PageBackend, reason: string): Promise<OpenDevice> => {
    const backend = await openBackend(name, reason)
    const { composedDevice } = await import('./composedDevice.ts')
    return composedDevice(backend)
  }
  /** Sixteen bits are too coarse to train by. */
  const openFloatWebgl = async (): Promise<OpenDevice> => {
    const { floatBits } = await openBackend('webgl', chosen)
    if (floatBits === 16) throw new Error('WebGL has only 16-bit floats.')
    return openComposed('webgl', chosen)
  }
  const openOwn = (request: DeviceRequest, reason: string): OpenDevice => {
    // What a graphics card holds is not needed any more.
    close()
    return openNative(request, machine, reason)
  }

  const openFastest = async (request: DeviceRequest): Promise<OpenDevice> => {
    const why = whyNoGpu(probe())
    if (!engineRuns()) {
      const tooOld = 'this browser’s WebAssembly is too old for the lab’s own engine'
      if (why === null) return openComposed('webgl', `WebGL runs on a GPU here, and ${tooOld}.`)
      return openComposed(
        'cpu',
        `${why}, and ${tooOld}, so plain JavaScript trains, slowly. A newer browser is a hundred times as fast.`,
      )
    }
    if (why !== null) return openOwn(request, `${why}, so the lab’s own engine trains.`)
    const key = JSON.stringify([request.plans.map(({ spec }) => spec), request.batchSize])
    const result =
      contests.get(key) ??
      (await holdContest(
        request,
        () => openNative(request, machine, ''),
        openFloatWebgl,
        () => performance.now(),
      ))
    contests.set(key, result)
    return result.winner === 'webgl' ? openComposed('webgl', result.reason) : openOwn(request, result.reason)
  }

  return {
    open: async (request) => {
      switch (request.choice) {
        case 'auto':
          return openFastest(request)
        case 'wasm':
          if (!engineRuns())
            throw new EngineUnavailable(
              'This browser’s WebAssembly is too old for the lab’s own engine: it has no SIMD. Use a newer browser, or choose plain JavaScript or automatic as the engine.',
            )
          return openOwn(request, chosen)
        case 'webgl':
        case 'cpu':
          return openComposed(request.choice, chosen)
        default:
          return request.choice satisfies never
      }
    },
    warm: async (request) => {
      const isOwn = request.choice === 'wasm' || request.choice === 'auto'
      if (!isOwn || !engineRuns()) return
      probe()
      // Beside a graphics card too, the lab's own engine is the first that is tried.
      await warmNative(request, machine)
    },
  }
}
