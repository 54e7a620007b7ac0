import type { Shader } from './shaders/shader.ts'

/** A texture before it is made. */
export interface Buffer {
  readonly label: string
  readonly width: number
  readonly height: number
  /** Layers of an array texture; null for a plane. */
  readonly layers: number | null
  /** Stays for as long as the executor does; others only as long as something will read them. */
  readonly isKept: boolean
  /** Two textures: one is read while the other is written, then they change places. */
  readonly isSwapped: boolean
}

export type UniformValue = number | readonly number[]

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One draw, before it is recorded. */
export interface Launch {
  readonly shader: Shader
  readonly inputs: Readonly<Record<string, Buffer>>
  /** One stack, of which as many layers are written as the shader has targets; or a plane for each target. */
  readonly outputs: readonly Buffer[]
  /** Null: a column of the log, which is chosen when it is drawn. */
  readonly viewport: Viewport | null
  /** Rectangles; null where one triangle covers the viewport. */
  readonly instances: number | null
  /** Those that never change; the others are given when it is drawn. */
  readonly uniforms: Readonly<Record<string, UniformValue>>
}

export const bytesOf = ({ width, height, layers, isSwapped }: Buffer): number =>
  width * height * (layers ?? 1) * 16 * (isSwapped ? 2 : 1)

export const wholeOf = ({ width, height }: Buffer): Viewport => ({ x: 0, y: 0, width, height })
