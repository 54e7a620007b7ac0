import { describe, expect, it } from 'vitest'
import { type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { presetNamed } from '../../domain/presets.ts'
import { arcLabel, blockFormula, networkSubtitle, pathWords } from './blockText.ts'

const spec: ExperimentSpec = presetNamed('default').spec
const blocksOf = (shortcut: ShortcutType) =>
  planLayers(trainedNetworkSpecOf(spec, { depth: 20, shortcut })).blocks

describe('arcLabel', () => {
  it('names block, stage and state', () => {
    const blocks = blocksOf('A')
    expect(arcLabel(blocks.slice(4, 5), 1, false)).toBe('Shortcut of block 5, stage 2: on')
    expect(arcLabel(blocks.slice(4, 5), 0.25, false)).toBe('Shortcut of block 5, stage 2: at strength 0.25')
    expect(arcLabel(blocks.slice(0, 3), 0.3, true)).toBe('Shortcuts of blocks 1 to 3, stage 1: partly on')
  })
})

describe('blockFormula', () => {
  it('writes what the block computes', () => {
    const [first, , , wider] = blocksOf('A')
    const projected = blocksOf('B')[3]
    if (first === undefined || wider === undefined || projected === undefined) throw new Error('no blocks')
    expect(blockFormula(first, 0)).toBe('y = ReLU(F(x))')
    expect(blockFormula(first, 1)).toBe('y = ReLU(F(x) + x)')
    expect(blockFormula(first, 0.5)).toBe('y = ReLU(F(x) + 0.50 · x)')
    expect(blockFormula(wider, 1)).toBe('y = ReLU(F(x) + pad(x))')
    expect(blockFormula(projected, 1)).toBe('y = ReLU(F(x) + BN(Wx))')
    expect(pathWords(projected)).toContain('stride 2')
  })
})

describe('networkSubtitle', () => {
  it('says that a residual network is the plain one above it and arcs', () => {
    const subtitles = spec.networks.map((_, index) => networkSubtitle(spec.networks, index))
    expect(subtitles).toEqual(['plain, 8 layers', 'plain, 32 layers', 'the same + shortcut A'])
  })
})
