import { describe, expect, it } from 'vitest'
import type { CurveSpec } from '../../domain/curveSpec.ts'
import { type ExperimentSpec, trainedNetworkSpecOf } from '../../domain/experimentSpec.ts'
import type { ShortcutType } from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { presetNamed } from '../../domain/presets.ts'
import { arcLabel, networkSubtitle, partLabel } from './blockText.ts'
import { pathWords } from './closeUpText.ts'

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

describe('partLabel', () => {
  it('names one block, and those drawn as one', () => {
    const blocks = blocksOf('A')
    expect(partLabel(4, blocks.slice(4, 5))).toBe('Inside block 5, stage 2')
    expect(partLabel(0, blocks.slice(0, 3))).toBe('Inside blocks 1 to 3, stage 1')
  })
})

describe('pathWords', () => {
  it('says what the shortcut carries and what is done to it', () => {
    const words = (shortcut: ShortcutType, block: number) => {
      const network = trainedNetworkSpecOf(spec, { depth: 20, shortcut })
      const plan = planLayers(network).blocks[block]
      return plan === undefined ? '' : pathWords(network, plan)
    }
    expect(words('A', 0)).toBe('identity, no parameters')
    expect(words('B', 3)).toContain('stride 2')
    expect(words('shortcut-gate', 3)).toBe(
      'every second pixel, zero channels appended, no parameters; a gate on x',
    )
  })
})

describe('networkSubtitle', () => {
  it('says that a residual network is the plain one above it and arcs', () => {
    const subtitles = spec.networks.map((_, index) => networkSubtitle(spec.networks, index))
    expect(subtitles).toEqual(['plain, 8 layers', 'plain, 32 layers', 'the same + shortcut A'])
  })

  it('says only what was added to the network above', () => {
    const plain = { depth: 32, shortcut: 'none' } as const
    const residual = { depth: 32, shortcut: 'A' } as const
    const second = (above: CurveSpec, below: CurveSpec) => networkSubtitle([above, below], 1)
    expect(second(plain, { ...plain, initialisation: 'dirac' })).toBe('the same + Dirac')
    expect(second(residual, { ...residual, order: 'full-preact' })).toBe('the same + full pre-activation')
    expect(second(residual, { ...residual, shortcut: 'B' })).toBe('the same with shortcut B')
    expect(second(plain, { ...plain, shortcut: 'shortcut-gate' })).toBe(
      'the same + shortcut-only gates, bias −6',
    )
    expect(
      second(
        { ...residual, shortcut: 'shortcut-gate' },
        { ...residual, shortcut: 'shortcut-gate', gateBias: 0 },
      ),
    ).toBe('the same with shortcut-only gates, bias 0')
    expect(
      second({ ...residual, block: 'bottleneck', depth: 29 }, { ...residual, depth: 29, block: 'resnext' }),
    ).toBe('the same with ResNeXt blocks 4×4d')
    expect(second({ ...residual, order: 'full-preact' }, residual)).toBe('the same with the original order')
    expect(second({ ...residual, depth: 20 }, { ...residual, block: 'bottleneck', depth: 29 })).toBe(
      '29 layers, shortcut A, bottleneck blocks',
    )
    expect(second(residual, plain)).toBe('plain, 32 layers')
    expect(
      second(
        { ...plain, depth: 34, stages: [3, 4, 6, 3] },
        { depth: 34, shortcut: 'B', stages: [3, 4, 6, 3] },
      ),
    ).toBe('the same + shortcut B')
  })
})
