import { EngineUnavailable } from './engineUnavailable.ts'
import { probeWebgl } from './probeWebgl.ts'

/** A WebGL 2 context of our own, watched for its loss. */
export interface WebglContext {
  readonly gl: WebGL2RenderingContext
  /** The unmasked renderer string where the browser tells it. */
  readonly renderer: string
  /** Whether the device has taken its memory back: nothing on it can be read any more. */
  isLost(): boolean
  /** Calls once, when that happens; at once where it already has. Returns what calls it off. */
  onLost(listener: () => void): () => void
  close(): void
}

/** Throws `EngineUnavailable` where there is no WebGL 2 that can write floats. */
export const openWebglContext = (): WebglContext => {
  const probe = probeWebgl()
  if (probe?.writesFloats !== true)
    throw new EngineUnavailable(
      'This browser has no WebGL 2 that can compute. Choose WebAssembly or automatic as the engine.',
    )
  const canvas = new OffscreenCanvas(1, 1)
  const gl = canvas.getContext('webgl2', contextAttributes)
  if (gl === null) throw new EngineUnavailable('This browser gave no WebGL 2 context.')

  const listeners = new Set<() => void>()
  const handleLoss = (event: Event): void => {
    event.preventDefault()
    const told = [...listeners]
    listeners.clear()
    for (const listener of told) listener()
  }
  canvas.addEventListener('webglcontextlost', handleLoss)
  return {
    gl,
    renderer: probe.renderer,
    isLost: () => gl.isContextLost(),
    onLost(listener) {
      if (gl.isContextLost()) listener()
      else listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      canvas.removeEventListener('webglcontextlost', handleLoss)
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

/** As tfjs asks for them, but a context on the processor is taken too: who asks for WebGL by name gets it. */
const contextAttributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  depth: false,
  stencil: false,
  failIfMajorPerformanceCaveat: false,
}
