import type { Buffer, Launch } from './launch.ts'
import { SharedTextures } from './placeBuffers.ts'
import { Programs } from './programs.ts'
import { Readback } from './readback.ts'
import { Recording } from './recording.ts'
import type { Shader } from './shaders/shader.ts'
import { type DeviceBuffer, Textures } from './textures.ts'

/** The device as all groups of one executor use it. */
export class FusedDevice {
  readonly textures: Textures
  readonly readback: Readback
  /** The data set: its two textures are the training and the validation images, and the front is the one that is drawn from. */
  images: DeviceBuffer
  private readonly programs: Programs
  private readonly shared = new SharedTextures()
  private readonly sharedBuffers: DeviceBuffer[] = []
  private readonly vertexArray: WebGLVertexArrayObject

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly breathe: () => Promise<void>,
  ) {
    gl.getExtension('EXT_color_buffer_float')
    this.textures = new Textures(gl)
    this.readback = new Readback(gl, this.textures)
    this.programs = Programs.of(gl)
    this.vertexArray = gl.createVertexArray()
    this.images = {
      buffer: { label: 'images', width: 1, height: 1, layers: null, isKept: true, isSwapped: false },
      textures: [],
      front: 0,
    }
  }

  chooseImages(split: 0 | 1): void {
    this.images.front = split
  }

  compile(shaders: readonly Shader[], onProgress: (fraction: number) => void): Promise<void> {
    return this.programs.compile(shaders, this.breathe, onProgress)
  }

  /** Where the buffers of a pass lie; textures are made where there are too few. */
  place(launches: readonly Launch[], results: readonly Buffer[]): ReadonlyMap<Buffer, DeviceBuffer> {
    const placement = this.shared.place(launches, results)
    for (const buffer of this.shared.textures.slice(this.sharedBuffers.length))
      this.sharedBuffers.push(this.textures.make(buffer))
    return new Map(
      [...placement].map(([buffer, texture]) => {
        const placed = this.sharedBuffers[texture]
        if (placed === undefined) throw new Error(`There is no texture for ${buffer.label}.`)
        return [buffer, placed]
      }),
    )
  }

  record(launches: readonly Launch[], deviceBuffer: (buffer: Buffer) => DeviceBuffer): Recording {
    return new Recording(this.gl, this.vertexArray, launches, deviceBuffer, this.programs, this.textures)
  }

  /** Draws each program once, so that the first step need not wait for what the device compiles late. */
  async warm(recordings: readonly Recording[], onProgress: (fraction: number) => void): Promise<void> {
    const uniforms = { rates: [0, 0, 0, 0], dropping: [0, 0], counted: 0, share: [0, 0], lineBits: 1 }
    const { warmed } = this.programs
    const before = warmed.size
    for (const recording of recordings)
      for (const _ of recording.warm(warmed, { column: 0, uniforms })) {
        onProgress((warmed.size - before) / Math.max(1, this.programs.count() - before))
        await this.breathe()
      }
    await this.readback.finish()
    onProgress(1)
  }

  dispose(): void {
    this.textures.dispose()
    this.programs.trim()
    this.gl.deleteVertexArray(this.vertexArray)
  }
}
