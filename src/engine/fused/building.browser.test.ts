import { afterEach, describe, expect, it } from 'vitest'
import { openWebglContext, type WebglContext } from '../openWebglContext.ts'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from '../testing/smallExecutor.ts'
import { smallSpec } from '../testing/smallExperiment.ts'
import { type GlObjectCounts, watchGlObjects } from '../testing/watchGlObjects.ts'
import { createFusedExecutor, type FusedExecutorOptions } from './createFusedExecutor.ts'
import { Programs } from './programs.ts'

const spec = smallSpec({ imageSize: 4, blocksPerStage: [1] })
const controls = smallControls([equalStrengths(spec, 1)])

const opened: WebglContext[] = []
afterEach(() => {
  for (const context of opened.splice(0)) context.close()
})
const open = (): WebglContext => {
  const context = openWebglContext()
  opened.push(context)
  return context
}

const build = (gl: WebGL2RenderingContext, options: Partial<FusedExecutorOptions> = {}) =>
  smallExecutor({ create: (request) => createFusedExecutor(request, { gl, batchSize: 8, ...options }) }, [
    spec,
  ])

/** What stays: programs, for the next executor. */
const programsOnly = (gl: WebGL2RenderingContext): GlObjectCounts => ({
  Texture: 0,
  Framebuffer: 0,
  Buffer: 0,
  VertexArray: 0,
  Shader: 0,
  Program: Programs.of(gl).count(),
})

/** Stops at the first turn after so much is done. */
const breaksOffAt = (share: number): Pick<FusedExecutorOptions, 'onProgress' | 'yieldToMessages'> => {
  let done = 0
  return {
    onProgress: (fraction) => {
      done = fraction
    },
    yieldToMessages: async () => {
      if (done > share) throw new Error('Stopped.')
    },
  }
}

describe('building', () => {
  it('tells how far it is, never less than before, up to all', async () => {
    const told: number[] = []
    const executor = await build(open().gl, { onProgress: (fraction) => told.push(fraction) })
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told[0]).toBeGreaterThan(0)
    expect(told.at(-1)).toBe(1)
    executor.dispose()
  })

  it('leaves programs alone, which the next executor does not compile again', async () => {
    const { gl } = open()
    const counts = watchGlObjects(gl)
    const first = await build(gl)
    first.dispose()
    const left = counts()
    expect(left).toEqual(programsOnly(gl))
    const second = await build(gl)
    second.dispose()
    expect(counts()).toEqual(left)
  })

  it.each([0, 0.25, 0.5, 0.75])(
    'leaves nothing but what is ready when it breaks off with %f done',
    async (share) => {
      const { gl } = open()
      const counts = watchGlObjects(gl)
      await expect(build(gl, breaksOffAt(share))).rejects.toThrow('Stopped.')
      expect(counts()).toEqual(programsOnly(gl))

      const again = await build(gl)
      await again.step(smallBatch(0), controls)
      expect((await again.readMeasurements())[0]?.[0]?.loss).toBeGreaterThan(0)
      again.dispose()
      expect(counts()).toEqual(programsOnly(gl))
    },
  )

  it('leaves nothing but programs where a network has no weights', async () => {
    const { gl } = open()
    const counts = watchGlObjects(gl)
    const create = smallExecutor(
      { create: (request) => createFusedExecutor(request, { gl, batchSize: 8 }) },
      [spec],
      1,
      [],
    )
    await expect(create).rejects.toThrow('Network 1 has no initial weights.')
    expect(counts()).toEqual(programsOnly(gl))
  })

  it('ends, and by no executor, where the device is lost meanwhile', async () => {
    const { gl } = open()
    let turns = 0
    const yieldToMessages = async (): Promise<void> => {
      turns++
      if (turns === 5) gl.getExtension('WEBGL_lose_context')?.loseContext()
    }
    const built = build(gl, { yieldToMessages }).then(
      () => 'an executor',
      () => 'refused',
    )
    const waited = new Promise((resolve) => setTimeout(() => resolve('nothing'), 1000))
    expect(await Promise.race([built, waited])).not.toBe('an executor')
    expect(turns).toBeGreaterThanOrEqual(5)
  })
})
