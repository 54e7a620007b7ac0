export type SamplerKind = 'plane' | 'stack'
export type UniformKind = 'int' | 'ivec2' | 'ivec3' | 'ivec4' | 'float' | 'vec2' | 'vec4'

/** A program before it is compiled. Equal texts are compiled once. */
export interface Shader {
  /** What it does, for messages. */
  readonly name: string
  /** Textures that it reads, in the order of their units: a plane (2D) or a stack (array of layers). */
  readonly samplers: Readonly<Record<string, SamplerKind>>
  readonly uniforms: Readonly<Record<string, UniformKind>>
  /** Render targets, `o0` …, four floats each. */
  readonly targets: number
  /** GLSL of the two stages without their declarations of samplers and uniforms. */
  readonly vertex: string
  readonly fragment: string
}

const header = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;`

const declarations = ({ samplers, uniforms }: Shader): string =>
  [
    ...Object.entries(samplers).map(
      ([name, kind]) => `uniform ${kind === 'plane' ? 'sampler2D' : 'sampler2DArray'} ${name};`,
    ),
    ...Object.entries(uniforms).map(([name, kind]) => `uniform ${kind} ${name};`),
  ].join('\n')

export const vertexText = (shader: Shader): string => [header, declarations(shader), shader.vertex].join('\n')

export const fragmentText = (shader: Shader): string =>
  [
    header,
    declarations(shader),
    repeat(shader.targets, (target) => `layout(location = ${target}) out vec4 o${target};`),
    shader.fragment,
  ].join('\n')

export const repeat = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

/** Integer division, in shifts where that is possible: GPUs and SwiftShader divide slowly. For numbers from 0 on. */
export const divide = (value: string, by: number): string =>
  isPowerOfTwo(by) ? `((${value}) >> ${Math.log2(by)})` : `((${value}) / ${by})`

export const modulo = (value: string, by: number): string =>
  isPowerOfTwo(by) ? `((${value}) & ${by - 1})` : `((${value}) % ${by})`

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))

/** The matrix whose columns are four texels of a plane, beside one another from `at` on. */
export const matrixAt = (plane: string, at: string, first = 0): string =>
  `mat4(${[0, 1, 2, 3].map((column) => `texelFetch(${plane}, ${at} + ivec2(${first + column}, 0), 0)`).join(', ')})`

/** A float literal. */
export const float = (value: number): string =>
  Number.isInteger(value) ? `${value}.0` : value.toPrecision(9).replace(/e\+?/, 'e')

/** One triangle over the whole viewport: no diagonal along which fragments run twice. */
export const wholeVertex = `void main() {
  gl_Position = vec4(float(gl_VertexID & 1) * 4.0 - 1.0, float(gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`
