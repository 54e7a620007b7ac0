import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Buffer, type Launch, wholeOf } from './launch.ts'
import { SharedTextures } from './placeBuffers.ts'
import { type Shader, wholeVertex } from './shaders/shader.ts'

const shader: Shader = {
  name: 'any',
  samplers: {},
  uniforms: {},
  targets: 1,
  vertex: wholeVertex,
  fragment: '',
}

const bufferOf = (label: string, width: number, isKept = false): Buffer => ({
  label,
  width,
  height: 4,
  layers: null,
  isKept,
  isSwapped: false,
})

const launchOf = (inputs: readonly Buffer[], output: Buffer): Launch => ({
  shader,
  inputs: Object.fromEntries(inputs.map((buffer, at) => [`x${at}`, buffer])),
  outputs: [output],
  viewport: wholeOf(output),
  instances: null,
  uniforms: {},
})

interface Pass {
  readonly launches: readonly Launch[]
  readonly results: readonly Buffer[]
}

/** A pass in which each launch reads up to three buffers that were written before, and a kept one; a few are read in the end. */
const anyPass: fc.Arbitrary<Pass> = fc
  .array(
    fc.record({
      width: fc.constantFrom(1, 2, 3),
      reads: fc.array(fc.nat(), { maxLength: 3 }),
      isResult: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((steps) => {
    const values = bufferOf('values', 1, true)
    const written = steps.map(({ width }, at) => bufferOf(`buffer ${at}`, width))
    const launches = steps.map(({ reads }, at) => {
      const inputs = at === 0 ? [] : reads.flatMap((read) => written[read % at] ?? [])
      return launchOf([values, ...inputs], written[at] ?? values)
    })
    return { launches, results: written.filter((_, at) => steps[at]?.isResult) }
  })

/** Runs a pass on names instead of textures, and looks whether each launch finds what was written for it. */
const expectNothingLost = (shared: SharedTextures, { launches, results }: Pass): void => {
  const placement = shared.place(launches, results)
  const lies = new Map<number, Buffer>()
  const expectIn = (buffer: Buffer): void => {
    if (!buffer.isKept) expect(lies.get(placement.get(buffer) ?? -1)).toBe(buffer)
  }
  for (const { inputs, outputs } of launches) {
    const read = Object.values(inputs)
    read.forEach(expectIn)
    for (const buffer of outputs) {
      const texture = placement.get(buffer) ?? -1
      expect(read.map((input) => placement.get(input))).not.toContain(texture)
      expect(shared.textures[texture]?.width).toBe(buffer.width)
      lies.set(texture, buffer)
    }
  }
  results.forEach(expectIn)
}

describe('shared textures', () => {
  it('keep what will be read, and the results until the pass is over, whatever passes there are', () => {
    fc.assert(
      fc.property(fc.array(anyPass, { minLength: 1, maxLength: 3 }), (passes) => {
        const shared = new SharedTextures()
        for (const pass of passes) expectNothingLost(shared, pass)
      }),
    )
  })

  it('are two for a chain of any length, and the same two for the next pass', () => {
    const shared = new SharedTextures()
    const chainOf = (length: number): Pass => {
      const links = Array.from({ length }, (_, at) => bufferOf(`link ${at}`, 1))
      return {
        launches: links.map((link, at) => launchOf(links.slice(Math.max(0, at - 1), at), link)),
        results: links.slice(-1),
      }
    }
    for (const length of [2, 10, 5]) {
      expectNothingLost(shared, chainOf(length))
      expect(shared.textures).toHaveLength(2)
    }
  })

  it('give what is kept no place', () => {
    const kept = bufferOf('kept', 1, true)
    const shared = new SharedTextures()
    expect(shared.place([launchOf([], kept), launchOf([kept], bufferOf('other', 1))], []).has(kept)).toBe(
      false,
    )
    expect(shared.textures).toHaveLength(1)
  })
})
