import type { OpenBackend } from '../engine/backends.ts'
import { engineRuns } from '../engine/native/loadEngine.ts'
import { openWebglContext, type WebglContext } from '../engine/openWebglContext.ts'
import { probeWebgl, type WebglProbe } from '../engine/probeWebgl.ts'
import { createDeviceChooser } from './chooseDevice.ts'
import type { PageBackend } from './composedDevice.ts'
import { createKept } from './createKept.ts'
import { openNative, warmNative } from './nativeDevice.ts'
import { createNetworkPool } from './networkPool.ts'
import { spawnNetworkWorker } from './spawnNetworkWorker.ts'
import type { TrainingDevice } from './trainingDevice.ts'

/**
 * What the page trains with. Workers and what was opened last on the graphics card stay, so that a second run starts at once; the
 * lab's own shaders and tfjs are each fetched when they are asked for.
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
  const contexts = createKept<'fused', WebglContext>()
  const backends = createKept<PageBackend, OpenBackend>()

  return {
    open: createDeviceChooser({
      probe,
      nativeRuns: engineRuns,
      clock: () => performance.now(),
      openNative(request, reason) {
        // What a graphics card holds is not needed any more.
        contexts.close()
        backends.close()
        return openNative(request, machine, reason)
      },
      async openFused(request, reason) {
        const { fusedDevice } = await import('./fusedDevice.ts')
        backends.close()
        const context = await contexts.take('fused', async () => openWebglContext())
        return fusedDevice(context, request, { reason })
      },
      async openComposed(name, reason) {
        const { composedDevice, openPageBackend } = await import('./composedDevice.ts')
        contexts.close()
        return composedDevice(await backends.take(name, () => openPageBackend(name, reason)), reason)
      },
    }),
    warm: async (request) => {
      // The code alone: shaders are compiled for the networks of the run.
      if (request.choice === 'webgl') await import('./fusedDevice.ts')
      const isOwn = request.choice === 'wasm' || request.choice === 'auto'
      if (!isOwn || !engineRuns()) return
      probe()
      // Beside a graphics card too, the lab's own engine is the first that is tried.
      await warmNative(request, machine)
    },
  }
}
