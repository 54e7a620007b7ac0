import type { Buffer } from './launch.ts'
import { bytesOf } from './launch.ts'

/** A buffer on the device: one texture, or two of which one is read and the other written. */
export interface DeviceBuffer {
  readonly buffer: Buffer
  readonly textures: readonly WebGLTexture[]
  /** Index of the texture that is read. */
  front: number
}

/** All textures of one executor; framebuffers are made once for each set of targets. */
export class Textures {
  private readonly all = new Set<DeviceBuffer>()
  private readonly framebuffers = new Map<string, WebGLFramebuffer>()
  private readonly names = new Map<WebGLTexture, number>()
  private named = 0

  constructor(private readonly gl: WebGL2RenderingContext) {}

  /** Holds zeros. */
  make(buffer: Buffer): DeviceBuffer {
    const { gl } = this
    const textures = Array.from({ length: buffer.isSwapped ? 2 : 1 }, () => {
      const target = targetOf(gl, buffer)
      const texture = gl.createTexture()
      gl.activeTexture(gl.TEXTURE0)
      gl.bindTexture(target, texture)
      if (buffer.layers === null) gl.texStorage2D(target, 1, gl.RGBA32F, buffer.width, buffer.height)
      else gl.texStorage3D(target, 1, gl.RGBA32F, buffer.width, buffer.height, buffer.layers)
      for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
        gl.texParameteri(target, filter, gl.NEAREST)
      gl.bindTexture(target, null)
      this.names.set(texture, this.named++)
      return texture
    })
    const made = { buffer, textures, front: 0 }
    this.all.add(made)
    return made
  }

  /** Writes floats to whole lines of what is read, from a line on. */
  upload(to: DeviceBuffer, values: Float32Array, firstLine: number, lines: number, layer = 0): void {
    const { gl } = this
    const { buffer } = to
    const target = targetOf(gl, buffer)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(target, frontOf(to))
    if (buffer.layers === null)
      gl.texSubImage2D(target, 0, 0, firstLine, buffer.width, lines, gl.RGBA, gl.FLOAT, values)
    else gl.texSubImage3D(target, 0, 0, firstLine, layer, buffer.width, lines, 1, gl.RGBA, gl.FLOAT, values)
    gl.bindTexture(target, null)
  }

  /** Of the first layers of a stack, or of several planes. Whether the device can is asked once (`fusedLimitsOf`): each answer takes 0.4 ms. */
  framebuffer(
    buffers: readonly DeviceBuffer[],
    textures: readonly WebGLTexture[],
    targets: number,
  ): WebGLFramebuffer {
    const { gl } = this
    return this.framebufferNamed(
      `${textures.map((texture) => this.names.get(texture)).join()}/${targets}`,
      () => {
        const attachments = Array.from({ length: targets }, (_, target) => gl.COLOR_ATTACHMENT0 + target)
        const isStack = buffers[0]?.buffer.layers !== null
        for (const [target, attachment] of attachments.entries()) {
          const texture = isStack ? textures[0] : textures[target]
          if (isStack) gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, texture ?? null, 0, target)
          else gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, texture ?? null, 0)
        }
        gl.drawBuffers(attachments)
      },
    )
  }

  /** To read one layer from. */
  layerFramebuffer(from: DeviceBuffer, layer: number): WebGLFramebuffer {
    const texture = frontOf(from)
    if (from.buffer.layers === null) return this.framebuffer([from], [texture], 1)
    const { gl } = this
    return this.framebufferNamed(`${this.names.get(texture)}:${layer}`, () =>
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, texture, 0, layer),
    )
  }

  /** `attach` is called while a new one is bound. */
  private framebufferNamed(name: string, attach: () => void): WebGLFramebuffer {
    const known = this.framebuffers.get(name)
    if (known !== undefined) return known
    const { gl } = this
    const framebuffer = gl.createFramebuffer()
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer)
    attach()
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    this.framebuffers.set(name, framebuffer)
    return framebuffer
  }

  count(): number {
    return this.names.size
  }

  bytes(): number {
    return [...this.all].reduce((sum, { buffer }) => sum + bytesOf(buffer), 0)
  }

  dispose(): void {
    for (const framebuffer of this.framebuffers.values()) this.gl.deleteFramebuffer(framebuffer)
    for (const texture of this.names.keys()) this.gl.deleteTexture(texture)
    this.framebuffers.clear()
    this.names.clear()
    this.all.clear()
  }
}

export const frontOf = ({ textures, front }: DeviceBuffer): WebGLTexture => {
  const texture = textures[front]
  if (texture === undefined) throw new Error('A buffer has a texture.')
  return texture
}

export const targetOf = (gl: WebGL2RenderingContext, { layers }: Buffer): GLenum =>
  layers === null ? gl.TEXTURE_2D : gl.TEXTURE_2D_ARRAY
