/** What this page holds on the graphics device, as its WebGL calls say it: independent of what an executor says of itself. */
export interface DeviceObjects {
  /** Objects made and not deleted, by kind; those of a closed context stay counted. */
  readonly counts: Readonly<Record<string, number>>
  /** Of the textures among them, as they were allocated. */
  readonly textureBytes: number
}

const kinds = [
  'Buffer',
  'Framebuffer',
  'Program',
  'Query',
  'Renderbuffer',
  'Sampler',
  'Shader',
  'Texture',
  'TransformFeedback',
  'VertexArray',
] as const

type Method = (this: WebGL2RenderingContext, ...args: unknown[]) => unknown

/** Counts from now on. */
export const watchObjects = (): (() => DeviceObjects) => {
  const counts: Record<string, number> = {}
  const textures = new WeakMap<WebGLTexture, number>()
  let textureBytes = 0
  const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Method>
  const wrap = (name: string, wrapped: (method: Method) => Method): void => {
    const method = methods[name]
    if (method === undefined) throw new Error(`WebGL 2 has no ${name}.`)
    methods[name] = wrapped(method)
  }

  const sizeTexture = (texture: WebGLTexture | null, bytes: number): void => {
    if (texture === null) return
    textureBytes += bytes - (textures.get(texture) ?? 0)
    textures.set(texture, bytes)
  }
  const watchKind = (kind: string, create: string, remove: string): void => {
    const alive = new WeakSet<object>()
    counts[kind] = 0
    const add = (by: number): void => {
      counts[kind] = (counts[kind] ?? 0) + by
    }
    wrap(
      create,
      (method) =>
        function (...args) {
          const made = method.apply(this, args)
          if (typeof made === 'object' && made !== null) {
            alive.add(made)
            add(1)
          }
          return made
        },
    )
    wrap(
      remove,
      (method) =>
        function (...args) {
          const [gone] = args
          // Nothing happens where it is null, or deleted already.
          if (typeof gone === 'object' && gone !== null && alive.delete(gone)) {
            add(-1)
            if (gone instanceof WebGLTexture) sizeTexture(gone, 0)
          }
          return method.apply(this, args)
        },
    )
  }
  for (const kind of kinds) watchKind(kind, `create${kind}`, `delete${kind}`)
  watchKind('Sync', 'fenceSync', 'deleteSync')

  const watchSize = (name: string, countDimensions: 2 | 3): void =>
    wrap(
      name,
      (method) =>
        function (...args) {
          const [target, , format, ...sizes] = args
          // With fewer arguments texImage2D takes its size from a picture, which nobody here trains on.
          if (name !== 'texImage2D' || args.length >= 9) {
            const texels = sizes
              .slice(0, countDimensions)
              .reduce<number>((all, size) => all * Number(size), 1)
            const binding =
              target === this.TEXTURE_2D ? this.TEXTURE_BINDING_2D : this.TEXTURE_BINDING_2D_ARRAY
            const texture = this.getParameter(binding) as WebGLTexture | null
            sizeTexture(texture, texels * (texelBytes.get(Number(format)) ?? 4))
          }
          return method.apply(this, args)
        },
    )
  watchSize('texStorage2D', 2)
  watchSize('texImage2D', 2)
  watchSize('texStorage3D', 3)
  return () => ({ counts: { ...counts }, textureBytes })
}

/** Of the formats that numbers are kept in; what else there is takes four bytes or less. */
const texelBytes: ReadonlyMap<number, number> = (() => {
  const gl = WebGL2RenderingContext
  return new Map<number, number>([
    [gl.RGBA32F, 16],
    [gl.RGBA32UI, 16],
    [gl.RGBA32I, 16],
    [gl.RGB32F, 12],
    [gl.RGBA16F, 8],
    [gl.RG32F, 8],
    [gl.RG32UI, 8],
    [gl.RG32I, 8],
    [gl.R16F, 2],
    [gl.R8, 1],
  ])
})()
