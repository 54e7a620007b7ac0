import {
  add,
  concat,
  enableProdMode,
  env,
  fill,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
  tidy,
} from '@tensorflow/tfjs-core'
import type { OpenBackend } from './backends.ts'
import { EngineUnavailable } from './engineUnavailable.ts'
import { floatBits } from './floatBits.ts'
import { openWebglContext } from './openWebglContext.ts'

/** Opens tfjs's WebGL backend on a context of our own, so that we learn of its loss: tfjs itself does not notice. */
export const openWebgl = async (reason: string): Promise<OpenBackend> => {
  enableProdMode()
  const { MathBackendWebGL, setWebGLContext } = await import('@tensorflow/tfjs-backend-webgl')
  // One program for all shapes of a kernel: compiles a third of the shaders.
  env().set('WEBGL_USE_SHAPES_UNIFORMS', true)
  const context = openWebglContext()
  const { gl } = context

  // A backend of our own each time: one whose context was lost can't be used again.
  forgetWebgl()
  setWebGLContext(2, gl as unknown as Parameters<typeof setWebGLContext>[1])
  const backend = new MathBackendWebGL()
  registerBackend('webgl', () => backend)
  if (!(await setBackend('webgl')))
    throw new EngineUnavailable(`WebGL is here (${context.renderer}) but does not compute.`)
  packLongVectorFirst(gl)
  const bits = floatBits()

  return {
    floatBits: bits,
    facts: {
      executor: 'composed',
      backend: 'webgl',
      device: bits === 16 ? `${context.renderer}, 16-bit floats` : context.renderer,
      reason,
      reproducible: false,
      threads: 1,
    },
    isLost: context.isLost,
    onLost: context.onLost,
    close() {
      forgetWebgl()
      context.close()
    },
  }
}

/**
 * tfjs 4.22 keeps one program for packing vectors of all lengths, and takes the shader from the first. What is right for a vector whose
 * packed texture has a single row gives noise for longer ones (its `makeShaderKey` leaves the packed output's rows out); what is
 * right for longer ones is right for all. So a vector too long for one row is packed before any other.
 */
const packLongVectorFirst = (gl: WebGL2RenderingContext): void => {
  const rowTexels = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number
  tidy(() => {
    // A packed texel holds two of a vector's numbers. What was concatenated is not packed yet; an addition asks for it.
    const half = fill([rowTexels + 1], 0)
    const long = concat([half, half])
    add(long, long)
  })
}

/** tfjs refuses to remove what is not there. */
const forgetWebgl = (): void => {
  if (findBackendFactory('webgl') !== null) removeBackend('webgl')
}
