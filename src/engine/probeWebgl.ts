/** What WebGL 2 is here, before tfjs is loaded for it; null without WebGL 2. */
export interface WebglProbe {
  /** The unmasked renderer string where the browser tells it. */
  readonly renderer: string
  /** Whether results can be written as floats at all (32 or 16 bits). */
  readonly writesFloats: boolean
}

/** Opens a context to look at it and gives it back. Workers need OffscreenCanvas for it; Node has nothing of the kind. */
export const probeWebgl = (): WebglProbe | null => {
  if (typeof OffscreenCanvas === 'undefined') return null
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (gl === null) return null
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)
  const writesFloats =
    gl.getExtension('EXT_color_buffer_float') !== null ||
    gl.getExtension('EXT_color_buffer_half_float') !== null
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { renderer: typeof renderer === 'string' ? renderer : 'unnamed renderer', writesFloats }
}
