import { describe, expect, it } from 'vitest'
import { architectures } from './architectures.ts'
import {
  comparisonSentences,
  multiplyAddsText,
  namedNetwork,
  parametersText,
} from './architecturesCompared.ts'
import { labChanges, labCurveOf, labExperimentOf } from './architecturesInLab.ts'
import { findArchitecture } from './architecturesLookup.ts'
import { blocksPerStageOf } from './curveSpec.ts'
import { networkSpecOf } from './experimentSpec.ts'
import { planLayers } from './planLayers.ts'
import { presetNamed } from './presets.ts'
import { validateSpec } from './validateSpec.ts'

/** A no-break space stands around the sign for times. */
const spaced = (text: string) => text.replaceAll('\u00a0', ' ')

const now = presetNamed('default').spec
const specOf = (name: string) => {
  const found = findArchitecture(name)
  if (!found.ok) throw new Error(found.sentence)
  return found.architecture.spec
}
const networksOf = (first: string, second: string) =>
  labExperimentOf(now, specOf(first), specOf(second)).networks

describe('labCurveOf', () => {
  it.each([
    ['resnet34', { depth: 34, shortcut: 'B', stages: [3, 4, 6, 3] }],
    ['resnet50', { depth: 50, shortcut: 'B', block: 'bottleneck', stages: [3, 4, 6, 3] }],
    ['plain18', { depth: 18, shortcut: 'none', stages: [2, 2, 2, 2] }],
    // 4×4d is the default, and says nothing.
    ['resnext50', { depth: 50, shortcut: 'B', block: 'resnext', stages: [3, 4, 6, 3] }],
    [
      'resnext101_32x8d',
      { depth: 101, shortcut: 'B', block: 'resnext', groupWidth: 8, stages: [3, 4, 23, 3] },
    ],
    [
      'wide_resnet50_2',
      { depth: 50, shortcut: 'B', block: 'resnext', cardinality: 1, groupWidth: 16, stages: [3, 4, 6, 3] },
    ],
    ['cifar-resnet56', { depth: 56, shortcut: 'A' }],
  ])('opens %s', (name, curve) => {
    expect(labCurveOf(specOf(name))).toEqual(curve)
  })

  it('keeps depth, blocks and the ratio of inner to outer width of every architecture', () => {
    for (const { spec } of architectures) {
      const curve = labCurveOf(spec)
      const lab = networkSpecOf({ ...now, width: 8 }, curve)
      expect(blocksPerStageOf(curve)).toEqual(spec.blocksPerStage)
      expect(planLayers(lab).depth).toBe(planLayers(spec).depth)
      if (spec.block === 'resnext')
        expect((lab.cardinality * lab.groupWidth) / lab.width).toBe(
          (spec.cardinality * spec.groupWidth) / spec.width,
        )
    }
  })

  it('leaves a network of the lab as it is', () => {
    for (const curve of now.networks) {
      expect(labCurveOf(networkSpecOf(now, curve))).toEqual(curve)
      expect(labChanges(networkSpecOf(now, curve))).toEqual([])
    }
  })

  it('says what it changes', () => {
    expect(labChanges(specOf('resnext50'))).toEqual([
      'width 8 in place of 64',
      'one 3×3 convolution in place of the 7×7 and its pooling',
      '4×4d in place of 32×4d, so that inner and outer width keep their ratio',
    ])
    expect(labChanges(specOf('cifar-plain20'))).toEqual(['width 8 in place of 16'])
  })
})

describe('labExperimentOf', () => {
  it('is possible for every architecture, with its counterpart', () => {
    for (const { spec } of architectures) {
      const validation = validateSpec(labExperimentOf(now, spec, spec))
      expect(validation.ok ? [] : validation.sentences).toEqual([])
    }
  })

  it('puts plain networks first, and a counterpart beside a network that stands alone', () => {
    const kinds = (first: string, second: string) => networksOf(first, second).map(({ shortcut }) => shortcut)
    expect(kinds('resnet34', 'plain34')).toEqual(['none', 'B'])
    expect(kinds('resnet34', 'resnet34')).toEqual(['none', 'B'])
    expect(kinds('plain34', 'plain34')).toEqual(['none', 'B'])
    expect(kinds('cifar-plain20', 'cifar-plain20')).toEqual(['none', 'A'])
    expect(networksOf('resnet18', 'cifar-resnet20').map(({ depth }) => depth)).toEqual([18, 20])
  })

  it('gives a counterpart no start that would leave it dead', () => {
    const spec = { ...specOf('cifar-resnet20'), initialisation: 'zero-gamma' } as const
    expect(labExperimentOf(now, spec, spec).networks).toEqual([
      { depth: 20, shortcut: 'none' },
      { depth: 20, shortcut: 'A', initialisation: 'zero-gamma' },
    ])
  })

  it('keeps data, recipe and changes of the rate, and drops switches of networks that go', () => {
    const rate = { kind: 'learningRate', step: 20, to: 0.01 } as const
    const before = {
      ...now,
      width: 16,
      interventions: [{ kind: 'shortcuts', step: 10, network: 2, blocks: 'all', to: 0, overSteps: 0 }, rate],
    } as const
    const after = labExperimentOf(before, specOf('resnet18'), specOf('plain18'))
    expect(after.interventions).toEqual([rate])
    expect({ ...after, networks: [], interventions: [], width: 16 }).toEqual({
      ...before,
      networks: [],
      interventions: [],
    })
  })
})

describe('comparisonSentences', () => {
  const network = (name: string) => namedNetwork(name, specOf(name))
  const sentences = (first: string, second: string) =>
    spaced(comparisonSentences(network(first), network(second)).join(' '))

  it('computes what differs', () => {
    expect(sentences('plain34', 'resnet34')).toBe(
      'plain34 and resnet34: 34 weighted layers either way; 21.6M against 21.8M parameters; 3.64 × 10⁹ against 3.66 × 10⁹ multiply-adds. Nothing but the shortcuts differs: no shortcuts against shortcuts B.',
    )
    expect(sentences('resnet34', 'resnet50')).toBe(
      'resnet34 and resnet50: 34 against 50 weighted layers; 21.8M against 25.6M parameters (1.17 times); 3.66 × 10⁹ against 4.09 × 10⁹ multiply-adds (1.12 times).',
    )
    expect(sentences('cifar-plain56', 'cifar-resnet56')).toContain('the same 853k parameters')
    expect(sentences('resnet18', 'cifar-resnet20')).toContain('images of different size (224 and 32')
    expect(sentences('resnet18', 'resnet18')).toBe('Both are resnet18.')
  })

  it('writes counts as the papers do', () => {
    expect(
      [999, 40_551_040, 999_600_000, 2_829_238_912, 11_513_626_624].map((count) =>
        spaced(multiplyAddsText(count)),
      ),
    ).toEqual(['999', '40.6 × 10⁶', '1.00 × 10⁹', '2.83 × 10⁹', '11.5 × 10⁹'])
    expect([18, 19_218, 999_600, 21_797_672].map(parametersText)).toEqual(['18', '19.2k', '1.00M', '21.8M'])
  })
})
