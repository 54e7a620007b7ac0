const kinds = ['Texture', 'Framebuffer', 'Buffer', 'VertexArray', 'Shader', 'Program'] as const

export type GlObjectCounts = Readonly<Record<(typeof kinds)[number], number>>

/** Objects of a context that were made and not deleted since, by kind. */
export const watchGlObjects = (gl: WebGL2RenderingContext): (() => GlObjectCounts) => {
  const counts = { Texture: 0, Framebuffer: 0, Buffer: 0, VertexArray: 0, Shader: 0, Program: 0 }
  for (const kind of kinds) {
    const make = `create${kind}` as const
    const remove = `delete${kind}` as const
    const made = gl[make].bind(gl) as (...args: readonly unknown[]) => unknown
    const removed = gl[remove].bind(gl) as (...args: readonly unknown[]) => void
    Object.assign(gl, {
      [make]: (...args: readonly unknown[]) => {
        counts[kind] += 1
        return made(...args)
      },
      [remove]: (...args: readonly unknown[]) => {
        counts[kind] -= 1
        removed(...args)
      },
    })
  }
  return () => ({ ...counts })
}
