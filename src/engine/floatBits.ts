import { env, getBackend } from '@tensorflow/tfjs-core'

/**
 * Bits of the floats that the open backend computes in. WebGL on some phones has 16 only. (tfjs 4.22's own
 * `floatPrecision()` answers 16 for 32-bit WebGL.)
 */
export const floatBits = (): 16 | 32 =>
  getBackend() === 'webgl' && !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 16 : 32
