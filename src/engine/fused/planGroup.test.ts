import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { defaultOptions } from '../../domain/networkSpec.ts'
import { parametersOf, statisticsOf } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomSpec } from '../testing/randomSpec.ts'
import { plannedFusedBytes } from './fusedSupport.ts'
import type { Buffer, Launch } from './launch.ts'
import { SharedTextures } from './placeBuffers.ts'
import { type GroupPlan, type PassName, planGroup } from './planGroup.ts'
import { entryNamed } from './stateLayout.ts'

const limits = { maxTextureSide: 8192, targets: 8 } as const

/** Basic blocks of width 8 on images of 16 pixels. */
const specOf = (blocks: number, options: Partial<NetworkSpec> = {}): NetworkSpec => ({
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [blocks, blocks, blocks],
  width: 8,
  imageSize: 16,
  channels: 3,
  classes: 10,
  ...options,
})

const planOf = (spec: NetworkSpec, networks = 2, images = 8): GroupPlan =>
  planGroup({ plan: planLayers(spec), networks, images, limits })

const passNames: readonly PassName[] = [
  'training',
  'differentiating',
  'observing',
  'collecting',
  'evaluating',
  'inferring',
]

const anySpec = fc.nat().map(randomSpec)

const buffersOf = ({ inputs, outputs }: Launch): readonly Buffer[] => [...Object.values(inputs), ...outputs]

describe('the launches of a group', () => {
  it('are at most 150 a step at depth 20, for one network or for ten', () => {
    for (const networks of [1, 2, 10])
      expect(planOf(specOf(3), networks, 64).passes.training.launches.length).toBeLessThanOrEqual(150)
  })

  it('never read what they write, nor more than any device binds at once', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { passes } = planOf(spec)
        for (const name of passNames) {
          const { launches, results } = passes[name]
          const placement = new SharedTextures().place(launches, results)
          for (const launch of launches) {
            expect(Object.keys(launch.shader.samplers).length).toBeLessThanOrEqual(16)
            const written = new Set(launch.outputs.map((buffer) => placement.get(buffer) ?? buffer))
            for (const buffer of Object.values(launch.inputs))
              if (!buffer.isSwapped) expect(written.has(placement.get(buffer) ?? buffer)).toBe(false)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('read only what was written before, with every uniform and texture that their shader asks for', () => {
    /** Given when a pass is drawn. */
    const given = new Set(['rates', 'dropping', 'counted', 'share', 'lineBits'])
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { passes } = planOf(spec)
        for (const name of passNames) {
          const written = new Set<Buffer>()
          for (const launch of passes[name].launches) {
            const { shader, inputs, uniforms } = launch
            expect(Object.keys(shader.samplers).filter((sampler) => inputs[sampler] === undefined)).toEqual(
              [],
            )
            expect(
              Object.keys(shader.uniforms).filter((u) => uniforms[u] === undefined && !given.has(u)),
            ).toEqual([])
            for (const buffer of Object.values(inputs))
              expect(buffer.isKept || written.has(buffer), `${shader.name} reads ${buffer.label}`).toBe(true)
            for (const buffer of launch.outputs) written.add(buffer)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('share a texture only where nobody reads the one any more that lay there', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { passes } = planOf(spec)
        const shared = new SharedTextures()
        for (const name of passNames) {
          const { launches, results } = passes[name]
          const placement = shared.place(launches, results)
          const lies = new Map<number, Buffer>()
          for (const launch of launches) {
            for (const buffer of Object.values(launch.inputs)) {
              const texture = placement.get(buffer)
              if (texture !== undefined) expect(lies.get(texture)).toBe(buffer)
            }
            for (const buffer of launch.outputs) {
              const texture = placement.get(buffer)
              if (texture === undefined) continue
              const size = shared.textures[texture]
              expect([size?.width, size?.height, size?.layers]).toEqual([
                buffer.width,
                buffer.height,
                buffer.layers,
              ])
              lies.set(texture, buffer)
            }
          }
          for (const buffer of results) expect(lies.get(placement.get(buffer) ?? -1)).toBe(buffer)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('look up a gradient for exactly the numbers that are trained, and a statistic for each that runs', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plan = planLayers(spec)
        const { layout, lookup } = planOf(spec)
        const masked = (texel: number, lane: number): boolean => {
          const parts = lookup[4 * texel + 2] ?? 0
          const code = lookup[4 * texel + 3] ?? 0
          return parts > 0 && ((code >> (3 + lane)) & 1) === 1
        }
        const trained = new Set<number>()
        // W of a Dirac kernel has one; what it is made of besides is computed from that.
        const names = [
          ...parametersOf(plan).map(({ name }) => name),
          ...statisticsOf(plan).flatMap(({ name }) => [`${name}.mean`, `${name}.variance`]),
        ].filter((name) => !name.endsWith('.identity') && !name.endsWith('.scale'))
        for (const name of names) for (const at of entryNamed(layout, name).floats) trained.add(at)
        for (let at = 0; at < layout.width * layout.lines * 4; at++)
          if (masked(at >> 2, at & 3) !== trained.has(at)) expect.fail(`float ${at}`)
      }),
      { numRuns: 40 },
    )
  })

  it('take more memory for larger batches and more networks; of which as much is said', () => {
    const plan = planLayers(specOf(3))
    const bytes = (networks: number, images: number): number =>
      plannedFusedBytes(
        Array.from({ length: networks }, () => plan),
        images,
        limits,
      )
    expect(bytes(1, 64)).toBeLessThan(bytes(2, 64))
    expect(bytes(2, 16)).toBeLessThan(bytes(2, 64))
    // Kept between forward and backward: each of 19 layers' convolution and activation, 4 bytes a number.
    const numbers = 7 * 16 ** 2 * 8 + 6 * 8 ** 2 * 16 + 6 * 4 ** 2 * 32
    expect(bytes(2, 64)).toBeGreaterThan(2 * 64 * 2 * numbers * 4)
    expect(bytes(2, 64)).toBeLessThan(2.5 * (2 * 64 * 2 * numbers * 4))
  })
})

it('every launch of every pass names its buffers', () => {
  for (const name of passNames)
    for (const launch of planOf(specOf(1)).passes[name].launches)
      for (const buffer of buffersOf(launch)) expect(buffer.label).not.toBe('')
})
