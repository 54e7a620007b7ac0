import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countNetwork } from './countNetwork.ts'
import { layerTable } from './layerTable.ts'
import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from './networkSpec.ts'
import { planLayers } from './planLayers.ts'

const anySpec: fc.Arbitrary<NetworkSpec> = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  batchNorm: fc.boolean(),
  initialisation: fc.constantFrom(...initialisations),
  cardinality: fc.integer({ min: 1, max: 4 }),
  groupWidth: fc.integer({ min: 1, max: 4 }),
  residualScale: fc.constant(0.5),
  shortcutScale: fc.constant(0.5),
  gateBias: fc.constant(-6),
  dropRate: fc.constant(0.5),
  shortcut: fc.constantFrom(...shortcutTypes),
  stem: fc.constantFrom('small' as const, 'large' as const),
  blocksPerStage: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  width: fc.constantFrom(4, 8, 16),
  imageSize: fc.integer({ min: 4, max: 64 }),
  channels: fc.integer({ min: 1, max: 4 }),
  classes: fc.integer({ min: 2, max: 12 }),
})

const small: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [3, 3, 3],
  width: 16,
  imageSize: 32,
  channels: 3,
  classes: 10,
}
const rowsOf = (change: Partial<NetworkSpec>) => layerTable(planLayers({ ...small, ...change })).rows
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

describe('layerTable', () => {
  it('has rows that sum to the totals, and to the depth', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plan = planLayers(spec)
        const { rows, totals } = layerTable(plan)
        expect(sum(rows.map(({ counts }) => counts.parameters))).toBe(totals.parameters)
        expect(sum(rows.map(({ counts }) => counts.multiplyAdds))).toBe(totals.multiplyAdds)
        expect(totals).toEqual(countNetwork(plan))
        expect(sum(rows.map(({ weightedLayers }) => weightedLayers))).toBe(plan.depth)
        expect(rows.filter(({ kind }) => kind === 'stage').map(({ blocks }) => blocks.length)).toEqual(
          spec.blocksPerStage,
        )
      }),
    )
  })

  it('folds only blocks that are alike but for the first one’s stride', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plan = planLayers(spec)
        for (const { blocks, convs } of layerTable(plan).rows)
          for (const { index } of blocks) {
            const same = plan.operations.filter(
              (one) => one.kind === 'conv' && one.block === index && /\.conv\d$/.test(one.name),
            )
            expect(same).toMatchObject(
              convs.map(({ kernelSize, outputChannels, groups }) => ({ kernelSize, outputChannels, groups })),
            )
          }
      }),
    )
  })

  it('gives a plain network no part in shortcuts, and B its projections', () => {
    for (const { shortcutCounts } of rowsOf({ shortcut: 'none' }))
      expect(shortcutCounts).toEqual({ parameters: 0, multiplyAdds: 0 })
    // 1×1 from 16 to 32 on 16 × 16 pixels, and its batch norm.
    expect(rowsOf({ shortcut: 'B' })[2]?.shortcutCounts).toEqual({
      parameters: 16 * 32 + 2 * 32,
      multiplyAdds: 16 * 32 * 16 * 16,
    })
  })

  it('prints as the papers do', () => {
    const large = { stem: 'large', width: 64, imageSize: 224, classes: 1000, shortcut: 'B' } as const
    expect(
      rowsOf({ ...large, blocksPerStage: [3, 4, 6, 3], block: 'bottleneck' }).map(
        ({ name, outputSide, structure, note }) => [name, outputSide, structure, note],
      ),
    ).toEqual([
      ['conv1', 112, '7×7, 64, stride 2', null],
      ['max pool', 56, '3×3 max pool, stride 2', null],
      ['conv2_x', 56, '[1×1, 64; 3×3, 64; 1×1, 256] × 3', 'first block: 1×1 projection to 256'],
      [
        'conv3_x',
        28,
        '[1×1, 128; 3×3, 128; 1×1, 512] × 4',
        'first block: stride 2 in its 3×3, 1×1 projection to 512',
      ],
      [
        'conv4_x',
        14,
        '[1×1, 256; 3×3, 256; 1×1, 1024] × 6',
        'first block: stride 2 in its 3×3, 1×1 projection to 1024',
      ],
      [
        'conv5_x',
        7,
        '[1×1, 512; 3×3, 512; 1×1, 2048] × 3',
        'first block: stride 2 in its 3×3, 1×1 projection to 2048',
      ],
      ['head', 1, 'average pool, 1000-d fc, softmax', null],
    ])
    expect(rowsOf({}).map(({ name, structure, note }) => [name, structure, note])).toEqual([
      ['conv1', '3×3, 16', null],
      ['stage 1', '[3×3, 16; 3×3, 16] × 3', null],
      ['stage 2', '[3×3, 32; 3×3, 32] × 3', 'first block: stride 2, zeros appended in the shortcut'],
      ['stage 3', '[3×3, 64; 3×3, 64] × 3', 'first block: stride 2, zeros appended in the shortcut'],
      ['head', 'average pool, 10-d fc, softmax', null],
    ])
  })

  it('names groups, gates and projections in every block', () => {
    const [, first] = rowsOf({ block: 'resnext', cardinality: 8, groupWidth: 4, shortcut: 'C' })
    expect(first?.structure).toBe('[1×1, 32; 3×3, 32, C=8; 1×1, 64] × 3')
    expect(first?.note).toBe('every block: 1×1 projection to 64')
    expect(rowsOf({ shortcut: 'shortcut-gate' })[2]?.note).toBe(
      'first block: stride 2, zeros appended in the shortcut; every block: a 1×1 gate on the shortcut',
    )
    expect(rowsOf({ blocksPerStage: [1, 1, 1] })[2]?.note).toBe('stride 2, zeros appended in the shortcut')
  })
})
