import { EngineUnavailable } from '../engine/engineUnavailable.ts'
import type { WebglProbe } from '../engine/probeWebgl.ts'
import { isSoftwareRenderer } from '../engine/softwareRenderer.ts'
import type { PageBackend } from './composedDevice.ts'
import { type ContestResult, holdContest } from './contest.ts'
import { deviceWithFallback } from './deviceWithFallback.ts'
import type { DeviceRequest, OpenDevice, TrainingDevice } from './trainingDevice.ts'
import { whyNot } from './whyNot.ts'

/** What a browser has to train with. Each is told why it was taken; opening one closes what another held on the graphics card. */
export interface DeviceParts {
  readonly probe: () => WebglProbe | null
  /** Whether this browser runs the lab's own engine. */
  readonly nativeRuns: () => boolean
  readonly openNative: (request: DeviceRequest, reason: string) => OpenDevice
  /** Throws `EngineUnavailable` or `NotEnoughMemory`. */
  readonly openFused: (request: DeviceRequest, reason: string) => Promise<OpenDevice>
  /** Throws `EngineUnavailable`. */
  readonly openComposed: (name: PageBackend, reason: string) => Promise<OpenDevice>
  /** Milliseconds that never go back. */
  readonly clock: () => number
}

const chosen = 'It was chosen in the setup.'
const byTfjs = 'So TensorFlow.js’s operations train on WebGL instead.'
const byNative = 'So the lab’s own engine trains.'

/** Why no graphics card trains here, the beginning of a sentence; null where one may. */
const whyNoGpu = (probe: WebglProbe | null): string | null => {
  if (probe?.writesFloats !== true) return 'There is no WebGL 2 here'
  if (isSoftwareRenderer(probe.renderer)) return `WebGL runs on the processor here (${probe.renderer})`
  return null
}

/** Decides what trains an experiment: what was chosen for it, or the fastest that there is. */
export const createDeviceChooser = (parts: DeviceParts): TrainingDevice['open'] => {
  const contests = new Map<string, ContestResult>()

  /** The lab's own shaders, and something else where they do not train this. */
  const openFusedOr = async (
    request: DeviceRequest,
    reason: string,
    openOther: (why: string) => Promise<OpenDevice>,
  ): Promise<OpenDevice> => {
    const first = await parts.openFused(request, reason).catch((error: unknown) => ({ why: whyNot(error) }))
    return 'why' in first ? openOther(first.why) : deviceWithFallback(first, openOther)
  }
  const openTfjs = (why: string): Promise<OpenDevice> => parts.openComposed('webgl', `${why} ${byTfjs}`)

  const openFastest: TrainingDevice['open'] = async (request, breathe, onProgress) => {
    const why = whyNoGpu(parts.probe())
    if (!parts.nativeRuns()) {
      const tooOld = 'this browser’s WebAssembly is too old for the lab’s own engine'
      if (why === null)
        return openFusedOr(request, `WebGL runs on a graphics card here, and ${tooOld}.`, openTfjs)
      return parts.openComposed(
        'cpu',
        `${why}, and ${tooOld}, so plain JavaScript trains, slowly. A newer browser is a hundred times as fast.`,
      )
    }
    if (why !== null) return parts.openNative(request, `${why}, so the lab’s own engine trains.`)
    const { plans, batchSize, steps } = request
    const key = JSON.stringify([plans.map(({ spec }) => spec), batchSize, steps])
    const { winner, reason } =
      contests.get(key) ??
      (await holdContest({
        request,
        openNative: () => parts.openNative(request, ''),
        openFused: () => parts.openFused(request, ''),
        clock: parts.clock,
        breathe,
        onProgress,
      }))
    contests.set(key, { winner, reason })
    return winner === 'native'
      ? parts.openNative(request, reason)
      : openFusedOr(request, reason, async (lost) => parts.openNative(request, `${lost} ${byNative}`))
  }

  return async (request, breathe, onProgress) => {
    switch (request.choice) {
      case 'auto':
        return openFastest(request, breathe, onProgress)
      case 'wasm':
        if (!parts.nativeRuns())
          throw new EngineUnavailable(
            'This browser’s WebAssembly is too old for the lab’s own engine: it has no SIMD. Use a newer browser, or choose plain JavaScript or automatic as the engine.',
          )
        return parts.openNative(request, chosen)
      case 'webgl':
        return openFusedOr(request, chosen, openTfjs)
      case 'tfjs':
        return parts.openComposed('webgl', chosen)
      case 'cpu':
        return parts.openComposed('cpu', chosen)
      default:
        return request.choice satisfies never
    }
  }
}
