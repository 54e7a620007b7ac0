import { fragmentText, type Shader, type UniformKind, vertexText } from './shaders/shader.ts'

/** A program that is compiled and linked. */
export interface Program {
  readonly shader: Shader
  readonly program: WebGLProgram
  readonly uniforms: ReadonlyMap<
    string,
    { readonly location: WebGLUniformLocation; readonly kind: UniformKind }
  >
}

interface Compiling {
  readonly shader: Shader
  readonly program: WebGLProgram
  readonly stages: readonly WebGLShader[]
}

/** Programs of one context, compiled once for each text, and kept for the next executor. */
export class Programs {
  private readonly ready = new Map<string, Program>()
  /** Those that were drawn: most devices compile in earnest only then. */
  readonly warmed = new Set<Program>()

  private constructor(private readonly gl: WebGL2RenderingContext) {}

  static of(gl: WebGL2RenderingContext): Programs {
    const known = ofContext.get(gl)
    if (known !== undefined) return known
    const programs = new Programs(gl)
    ofContext.set(gl, programs)
    return programs
  }

  /**
   * Compiles those that are new, all at once where the device can (KHR_parallel_shader_compile), and waits for them. `onProgress`: share
   * of them that is ready.
   */
  async compile(
    shaders: readonly Shader[],
    breathe: () => Promise<void>,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const { gl } = this
    const texts = new Map(shaders.map((shader) => [keyOf(shader), shader]))
    const compiling = [...texts].flatMap(([key, shader]) =>
      this.ready.has(key) ? [] : [{ key, ...this.begin(shader) }],
    )
    const parallel = gl.getExtension('KHR_parallel_shader_compile')
    try {
      for (const [index, one] of compiling.entries()) {
        if (parallel !== null)
          while (
            gl.getProgramParameter(one.program, parallel.COMPLETION_STATUS_KHR) === false &&
            !gl.isContextLost()
          )
            await breathe()
        this.ready.set(one.key, this.finish(one))
        onProgress((index + 1) / compiling.length)
        await breathe()
      }
    } catch (error) {
      for (const one of compiling) if (!this.ready.has(one.key)) this.discard(one)
      throw error
    }
  }

  programOf(shader: Shader): Program {
    const program = this.ready.get(keyOf(shader))
    if (program === undefined) throw new Error(`The shader of "${shader.name}" is not compiled.`)
    return program
  }

  count(): number {
    return this.ready.size
  }

  /** Forgets them all where they have become many, when nobody uses them. */
  trim(): void {
    if (this.ready.size <= mostKept) return
    for (const { program } of this.ready.values()) this.gl.deleteProgram(program)
    this.ready.clear()
    this.warmed.clear()
  }

  private begin(shader: Shader): Compiling {
    const { gl } = this
    const program = gl.createProgram()
    const stages = [
      [gl.VERTEX_SHADER, vertexText(shader)] as const,
      [gl.FRAGMENT_SHADER, fragmentText(shader)] as const,
    ].map(([kind, text]) => {
      const stage = gl.createShader(kind)
      if (stage === null) throw new Error('The WebGL context is lost.')
      gl.shaderSource(stage, text)
      gl.compileShader(stage)
      gl.attachShader(program, stage)
      return stage
    })
    gl.linkProgram(program)
    return { shader, program, stages }
  }

  private discard({ program, stages }: Compiling): void {
    for (const stage of stages) this.gl.deleteShader(stage)
    this.gl.deleteProgram(program)
  }

  private finish({ shader, program, stages }: Compiling): Program {
    const { gl } = this
    if (gl.getProgramParameter(program, gl.LINK_STATUS) === false && !gl.isContextLost()) {
      const said = [gl.getProgramInfoLog(program), ...stages.map((stage) => gl.getShaderInfoLog(stage))]
      throw new Error(`The shader of "${shader.name}" does not compile here: ${said.join(' ')}`)
    }
    for (const stage of stages) gl.deleteShader(stage)
    gl.useProgram(program)
    for (const [unit, name] of Object.keys(shader.samplers).entries())
      gl.uniform1i(gl.getUniformLocation(program, name), unit)
    const uniforms = new Map(
      Object.entries(shader.uniforms).flatMap(([name, kind]) => {
        const location = gl.getUniformLocation(program, name)
        return location === null ? [] : [[name, { location, kind }] as const]
      }),
    )
    return { shader, program, uniforms }
  }
}

const ofContext = new WeakMap<WebGL2RenderingContext, Programs>()

/** An experiment has about fifty. */
const mostKept = 300

const keys = new WeakMap<Shader, string>()

const keyOf = (shader: Shader): string => {
  const known = keys.get(shader)
  if (known !== undefined) return known
  const key = `${vertexText(shader)}\n${fragmentText(shader)}`
  keys.set(shader, key)
  return key
}
