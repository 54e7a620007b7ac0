import type { Buffer, Launch, UniformValue, Viewport } from './launch.ts'
import type { Program, Programs } from './programs.ts'
import type { UniformKind } from './shaders/shader.ts'
import { type DeviceBuffer, frontOf, type Textures, targetOf } from './textures.ts'

type SetUniform = () => void

/** A launch with everything that it needs on the device. */
interface Recorded {
  readonly program: Program
  readonly inputs: readonly DeviceBuffer[]
  readonly outputs: readonly DeviceBuffer[]
  /** By which of two textures is written; one where there is one. */
  readonly framebuffers: readonly WebGLFramebuffer[]
  readonly viewport: Viewport | null
  readonly instances: number | null
  readonly uniforms: readonly SetUniform[]
  /** Uniforms that are given at each replay. */
  readonly given: readonly {
    readonly name: string
    readonly location: WebGLUniformLocation
    readonly kind: UniformKind
  }[]
}

/** What changes from replay to replay. */
export interface ReplayValues {
  /** Column of the log that measurements are written to. */
  readonly column: number
  readonly uniforms: Readonly<Record<string, UniformValue>>
}

/** A pass that was recorded once, to be drawn as often as one likes. */
export class Recording {
  private readonly launches: readonly Recorded[]
  readonly length: number

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly vertexArray: WebGLVertexArrayObject,
    launches: readonly Launch[],
    deviceBuffer: (buffer: Buffer) => DeviceBuffer,
    programs: Programs,
    textures: Textures,
  ) {
    this.launches = launches.map((launch) => this.record(launch, deviceBuffer, programs, textures))
    this.length = launches.length
  }

  /** Draws one texel of each program for the first time: most devices compile in earnest only then. */
  *warm(warmed: Set<Program>, values: ReplayValues): Generator<void> {
    for (const launch of this.launches) {
      if (warmed.has(launch.program)) continue
      warmed.add(launch.program)
      this.begin()
      this.draw(launch, values, null, { x: 0, y: 0, width: 1, height: 1 })
      this.end()
      yield
    }
  }

  replay(values: ReplayValues): void {
    this.begin()
    let last: Program | null = null
    for (const launch of this.launches) {
      this.draw(launch, values, last, launch.viewport)
      last = launch.program
      for (const output of launch.outputs) if (output.textures.length > 1) output.front = 1 - output.front
    }
    this.end()
  }

  private begin(): void {
    const { gl } = this
    gl.bindVertexArray(this.vertexArray)
    gl.disable(gl.BLEND)
    gl.disable(gl.SCISSOR_TEST)
    gl.disable(gl.DEPTH_TEST)
    gl.disable(gl.CULL_FACE)
  }

  private end(): void {
    const { gl } = this
    gl.bindVertexArray(null)
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.flush()
  }

  private draw(
    launch: Recorded,
    values: ReplayValues,
    last: Program | null,
    viewport: Viewport | null,
  ): void {
    const { gl } = this
    const { program, inputs, outputs, framebuffers, instances } = launch
    if (program !== last) gl.useProgram(program.program)
    const written = outputs[0]
    gl.bindFramebuffer(
      gl.FRAMEBUFFER,
      (written !== undefined && framebuffers.length > 1
        ? framebuffers[1 - written.front]
        : framebuffers[0]) ?? null,
    )
    if (viewport === null) gl.viewport(values.column, 0, 1, written?.buffer.height ?? 1)
    else gl.viewport(viewport.x, viewport.y, viewport.width, viewport.height)
    for (let unit = 0; unit < inputs.length; unit++) {
      const input = inputs[unit]
      if (input === undefined) continue
      gl.activeTexture(gl.TEXTURE0 + unit)
      gl.bindTexture(targetOf(gl, input.buffer), frontOf(input))
    }
    for (const set of launch.uniforms) set()
    for (const { name, location, kind } of launch.given) {
      const value = values.uniforms[name]
      if (value === undefined) throw new Error(`${program.shader.name} needs ${name}.`)
      setterOf(gl, location, kind, value)()
    }
    if (instances === null) gl.drawArrays(gl.TRIANGLES, 0, 3)
    else gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, instances)
  }

  private record(
    { shader, inputs, outputs, viewport, instances, uniforms }: Launch,
    deviceBuffer: (buffer: Buffer) => DeviceBuffer,
    programs: Programs,
    textures: Textures,
  ): Recorded {
    const program = programs.programOf(shader)
    const written = outputs.map(deviceBuffer)
    const isSwapped = written[0]?.buffer.isSwapped === true
    const framebuffers = Array.from({ length: isSwapped ? 2 : 1 }, (_, which) =>
      textures.framebuffer(
        written,
        written.map((buffer) => {
          const texture = buffer.textures[which]
          if (texture === undefined) throw new Error(`${buffer.buffer.label} is not written in turns.`)
          return texture
        }),
        shader.targets,
      ),
    )
    const setters: SetUniform[] = []
    const given: { name: string; location: WebGLUniformLocation; kind: UniformKind }[] = []
    for (const [name, { location, kind }] of program.uniforms) {
      const value = uniforms[name]
      if (value === undefined) given.push({ name, location, kind })
      else setters.push(setterOf(this.gl, location, kind, value))
    }
    return {
      program,
      inputs: Object.keys(shader.samplers).map((name) => {
        const input = inputs[name]
        if (input === undefined) throw new Error(`${shader.name} reads ${name}.`)
        return deviceBuffer(input)
      }),
      outputs: written,
      framebuffers,
      viewport,
      instances,
      uniforms: setters,
      given,
    }
  }
}

const setterOf = (
  gl: WebGL2RenderingContext,
  location: WebGLUniformLocation,
  kind: UniformKind,
  value: UniformValue,
): SetUniform => {
  const list = typeof value === 'number' ? [value] : value
  const ints = Int32Array.from(list)
  const floats = Float32Array.from(list)
  switch (kind) {
    case 'int':
      return () => gl.uniform1iv(location, ints)
    case 'ivec2':
      return () => gl.uniform2iv(location, ints)
    case 'ivec3':
      return () => gl.uniform3iv(location, ints)
    case 'ivec4':
      return () => gl.uniform4iv(location, ints)
    case 'float':
      return () => gl.uniform1fv(location, floats)
    case 'vec2':
      return () => gl.uniform2fv(location, floats)
    case 'vec4':
      return () => gl.uniform4fv(location, floats)
    default:
      return kind satisfies never
  }
}
