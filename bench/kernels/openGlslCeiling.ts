/** A shader that does nothing but multiply and add. */
export interface GlslLoop extends LoopKind {
  /** Of one run. */
  readonly flops: number
  run(times: number): void
}

/** Ways to write the same products. Which is fastest, the device says: some keep every variable in memory between two statements. */
export interface LoopKind {
  /** Where the matrix comes from: written into the shader, or copied from a uniform before the loop. */
  readonly matrix: 'constant' | 'uniform'
  /** Vectors that are multiplied by turns, so that none waits for itself. */
  readonly vectors: number
  /** How often each of them in one turn of the loop. */
  readonly unrolled: number
}

const kinds: readonly LoopKind[] = (['constant', 'uniform'] as const).flatMap((matrix) =>
  [
    { vectors: 1, unrolled: 16 },
    { vectors: 2, unrolled: 8 },
    { vectors: 2, unrolled: 16 },
    { vectors: 4, unrolled: 8 },
  ].map((size) => ({ matrix, ...size })),
)

/** Of a pixel: so many that what else a draw costs is nothing beside them. */
const products = 256
/** Of the target: work for every core of a graphics card. */
const side = 512
/** No two numbers of a column are equal, which would be one product; a row adds up to less than 1, so that no number grows. */
const weights = Array.from({ length: 16 }, (_, index) => 0.1 + 0.02 * ((3 * index) % 5))

const vertexShader = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(4.0 * corner - 1.0, 0.0, 1.0);
}`

/** Each product depends on the one before, so that no compiler can leave one out. */
const fragmentShader = ({ matrix, vectors, unrolled }: LoopKind): string => {
  const names = Array.from({ length: vectors }, (_, index) => `a${index}`)
  const turn = names.map((name) => `${name} = m * ${name} + b;`).join('\n    ')
  const numbers = weights.map((weight) => weight.toFixed(2)).join()
  return `#version 300 es
precision highp float;
uniform mat4 weights;
uniform vec4 start;
uniform int turns;
out vec4 result;
void main() {
  ${matrix === 'constant' ? `const mat4 m = mat4(${numbers});` : 'mat4 m = weights;'}
  vec4 b = start;
  ${names.map((name, index) => `vec4 ${name} = b + ${index}.0 + gl_FragCoord.x;`).join('\n  ')}
  for (int i = 0; i < turns; i++) {
    ${Array.from({ length: unrolled }, () => turn).join('\n    ')}
  }
  result = ${names.join(' + ')};
}`
}

/**
 * What the fused kernels are held against: products of a 4×4 matrix and a vector, of which convolutions consist too, without a single
 * read from a texture. All of them drawn to one target of 32-bit floats.
 */
export const openGlslCeiling = (gl: WebGL2RenderingContext): readonly GlslLoop[] => {
  gl.getExtension('EXT_color_buffer_float')
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, side, side)
  const target = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer())
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target, 0)
  gl.bindTexture(gl.TEXTURE_2D, null)
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE)
    throw new Error('WebGL does not draw 32-bit floats here.')
  gl.viewport(0, 0, side, side)
  const pixel = new Float32Array(4)
  return kinds.map((kind) => {
    const program = programOf(gl, fragmentShader(kind))
    gl.useProgram(program)
    gl.uniformMatrix4fv(gl.getUniformLocation(program, 'weights'), false, weights)
    gl.uniform4f(gl.getUniformLocation(program, 'start'), 0.1, 0.2, 0.3, 0.4)
    gl.uniform1i(gl.getUniformLocation(program, 'turns'), products / (kind.vectors * kind.unrolled))
    return {
      ...kind,
      flops: 32 * products * side ** 2,
      run(times) {
        gl.useProgram(program)
        for (let i = 0; i < times; i++) gl.drawArrays(gl.TRIANGLES, 0, 3)
        // Drawing is only asked for until something is read.
        gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, pixel)
      },
    }
  })
}

/** Throws with the compiler's own words where it does not compile. */
const programOf = (gl: WebGL2RenderingContext, fragment: string): WebGLProgram => {
  const program = gl.createProgram()
  const attach = (type: number, source: string): void => {
    const shader = gl.createShader(type)
    if (shader === null) throw new Error('The graphics device is gone.')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  attach(gl.VERTEX_SHADER, vertexShader)
  attach(gl.FRAGMENT_SHADER, fragment)
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    const complaints = gl.getAttachedShaders(program)?.map((shader) => gl.getShaderInfoLog(shader)) ?? []
    throw new Error(`The ceiling does not compile.\n${complaints.join('\n')}`)
  }
  return program
}
