import { yieldToMessages } from '../yieldToMessages.ts'
import type { DeviceBuffer, Textures } from './textures.ts'

interface Part {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Copies parts of textures into memory without holding the thread: what is asked for is read together. */
export class Readback {
  private readonly waiting: { readonly buffer: WebGLBuffer; readonly values: Float32Array<ArrayBuffer> }[] =
    []
  private reading: Promise<void> = Promise.resolve()

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly textures: Textures,
  ) {}

  /** Line by line; filled when `finish` is over. */
  request(from: DeviceBuffer, part: Part, layer = 0): Float32Array {
    const { gl } = this
    const values = new Float32Array(part.width * part.height * 4)
    const buffer = gl.createBuffer()
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.textures.layerFramebuffer(from, layer))
    gl.readBuffer(gl.COLOR_ATTACHMENT0)
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer)
    gl.bufferData(gl.PIXEL_PACK_BUFFER, values.byteLength, gl.STREAM_READ)
    gl.readPixels(part.x, part.y, part.width, part.height, gl.RGBA, gl.FLOAT, 0)
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    this.waiting.push({ buffer, values })
    return values
  }

  /** Waits for everything that was drawn and asked for until now. Never settles where the context is lost. */
  async finish(): Promise<void> {
    // Who waits elsewhere may have taken along what was asked for here.
    const before = this.reading
    const own = this.read()
    this.reading = before.then(() => own)
    await this.reading
  }

  private async read(): Promise<void> {
    const { gl } = this
    const read = this.waiting.splice(0)
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl.flush()
    for (let turn = 0; fence !== null && !gl.isContextLost() && !isPassed(gl, fence); turn++)
      await pause(turn)
    // What a lost device gives are zeros: whoever watches the context tells of it.
    if (gl.isContextLost()) return new Promise(() => {})
    gl.deleteSync(fence)
    for (const { buffer, values } of read) {
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer)
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, values)
      gl.deleteBuffer(buffer)
    }
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
  }
}

const isPassed = (gl: WebGL2RenderingContext, fence: WebGLSync): boolean => {
  const status = gl.clientWaitSync(fence, 0, 0)
  return status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED
}

/** A few turns at once, for a GPU that is nearly done; then by the clock, so that a processor that draws is left to it. */
const pause = (turn: number): Promise<void> =>
  turn < eagerTurns ? yieldToMessages() : new Promise((resolve) => setTimeout(resolve, 1))

const eagerTurns = 4
