import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultOptions, evenBlocks, type NetworkSpec } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomSpec } from '../testing/randomSpec.ts'
import { groupsOf } from './fusedSupport.ts'
import type { Launch } from './launch.ts'
import type { FusedLimits } from './passPlanner.ts'
import { type GroupPlan, type GroupRequest, planGroup } from './planGroup.ts'

/** Units that every WebGL 2 has; `fusedLimitsOf` asks for half of them. */
const texturesAskedFor = 8

const launchesOf = ({ passes }: GroupPlan): readonly Launch[] =>
  Object.values(passes).flatMap(({ launches }) => launches)

/** Null where the device is too small for it, which was said. */
const plannedOrRefused = ({
  spec,
  ...request
}: Omit<GroupRequest, 'plan'> & { readonly spec: NetworkSpec }): GroupPlan | null => {
  try {
    return planGroup({ ...request, plan: planLayers(spec) })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const anyLimits: fc.Arbitrary<FusedLimits> = fc.record({
  maxTextureSide: fc.constantFrom(512, 2048, 8192),
  targets: fc.constantFrom(4, 8),
})

const anyRequest = fc.record({
  spec: fc.nat().map(randomSpec),
  networks: fc.constantFrom(1, 2, 6),
  images: fc.constantFrom(1, 5, 64),
  limits: anyLimits,
})

const deepSpec = (depth: number): NetworkSpec => ({
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: evenBlocks('basic', depth),
  width: 8,
  imageSize: 16,
  channels: 3,
  classes: 10,
})

const deepOf = (depth: number, maxTextureSide: number) => ({
  spec: deepSpec(depth),
  networks: 2,
  images: 64,
  limits: { maxTextureSide, targets: 8 } as const,
})

describe('what is planned for a device', () => {
  it('asks for no texture larger than it has, no more targets, and no more textures at once', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const group = plannedOrRefused(request)
        const { maxTextureSide, targets } = request.limits
        for (const { shader, inputs, outputs } of group === null ? [] : launchesOf(group)) {
          if (Object.keys(shader.samplers).length > texturesAskedFor || shader.targets > targets)
            expect.fail(shader.name)
          for (const { label, width, height } of [...Object.values(inputs), ...outputs])
            if (Math.max(width, height) > maxTextureSide) expect.fail(`${label}, ${width}×${height}`)
        }
      }),
      { numRuns: 20 },
    )
  }, 30_000)

  it('draws inside what it writes, a layer or a plane for each target', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const group = plannedOrRefused(request)
        for (const { shader, outputs, viewport } of group === null ? [] : launchesOf(group)) {
          const [first] = outputs
          const isPlane = first?.layers === null
          if (outputs.length !== (isPlane ? shader.targets : 1)) expect.fail(shader.name)
          if (!isPlane && shader.targets > (first?.layers ?? 0)) expect.fail(shader.name)
          if (viewport === null) continue
          for (const { label, width, height } of outputs) {
            if (viewport.x + viewport.width > width || viewport.y + viewport.height > height)
              expect.fail(`${shader.name}, ${label}`)
          }
        }
      }),
      { numRuns: 20 },
    )
  }, 30_000)

  it('is refused where the sums of a deep network are more than a texture of it holds', () => {
    expect(plannedOrRefused(deepOf(302, 8192))).toBeNull()
    expect(plannedOrRefused(deepOf(56, 8192))).not.toBeNull()
  }, 30_000)

  it('has fewer networks in a group where they would not fit together', () => {
    const spec = deepSpec(56)
    const plans = Array.from({ length: 8 }, () => planLayers(spec))
    const limits: FusedLimits = { maxTextureSide: 2048, targets: 8 }
    const groups = groupsOf(plans, limits, 64)
    expect(groups.flat()).toEqual(plans.map((_, network) => network))
    expect(groups.length).toBeGreaterThan(1)
    for (const members of groups)
      expect(plannedOrRefused({ spec, networks: members.length, images: 64, limits })).not.toBeNull()
  }, 30_000)
})
