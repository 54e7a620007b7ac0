import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { architectures } from './architectures.ts'
import { findArchitecture } from './architecturesLookup.ts'
import { publishedCounts, publishedErrors } from './architecturesPublished.ts'
import { countNetwork } from './countNetwork.ts'
import { planLayers } from './planLayers.ts'

const named = (name: string) => {
  const found = findArchitecture(name)
  if (!found.ok) throw new Error(found.sentence)
  return found.architecture
}
const countsOf = (name: string) => countNetwork(planLayers(named(name).spec))

// Counted on torchvision's own models (224 × 224, 1000 classes), and on the networks of He et al. 2015, section 4.2.
const counts: readonly [string, number, number][] = [
  ['resnet18', 11_689_512, 1_814_073_344],
  ['resnet34', 21_797_672, 3_663_761_408],
  ['resnet50', 25_557_032, 4_089_184_256],
  ['resnet101', 44_549_160, 7_801_405_440],
  ['resnet152', 60_192_808, 11_513_626_624],
  ['resnext50_32x4d', 25_028_904, 4_230_479_872],
  ['resnext101_32x8d', 88_791_336, 16_414_015_488],
  ['wide_resnet50_2', 68_883_240, 11_398_021_120],
  ['cifar-resnet20', 269_722, 40_551_040],
  ['cifar-resnet32', 464_154, 68_862_592],
  ['cifar-resnet44', 658_586, 97_174_144],
  ['cifar-resnet56', 853_018, 125_485_696],
  ['cifar-resnet110', 1_727_962, 252_887_680],
  ['cifar-resnet1202', 19_421_274, 2_829_238_912],
]

describe('architectures', () => {
  it.each(counts)('counts %s exactly', (name, parameters, multiplyAdds) => {
    expect(countsOf(name)).toEqual({ parameters, multiplyAdds })
  })

  const file = '../shared/reference/architectures.json'
  it.skipIf(!existsSync(file))(`agree with every count in ${file} (skipped where it is absent)`, () => {
    const { torchvision, cifar } = JSON.parse(readFileSync(file, 'utf8'))
    const expected = Object.entries({ ...torchvision, ...cifar })
    expect(expected).toHaveLength(14)
    for (const [name, reference] of expected) expect(countsOf(name)).toEqual(reference)
  })

  it('round to what the paper prints', () => {
    for (const { name, publishedParameters } of architectures) {
      if (publishedParameters === null) continue
      const millions = countsOf(name).parameters / 1e6
      const digits = publishedParameters.text.split('.')[1]?.replace('M', '').length ?? 0
      expect(`${millions.toFixed(digits)}M`).toBe(publishedParameters.text)
    }
    expect(Object.keys(publishedCounts)).toHaveLength(6)
  })

  it('have names of their own, and their depth in the name', () => {
    expect(new Set(architectures.map(({ name }) => name)).size).toBe(architectures.length)
    expect(new Set(architectures.map(({ title }) => title)).size).toBe(architectures.length)
    for (const { name, spec } of architectures)
      expect(name).toMatch(new RegExp(`(resnet|plain|resnext)${planLayers(spec).depth}(_|$)`))
  })

  it('belong to every published figure', () => {
    for (const name of [...Object.keys(publishedErrors), ...Object.keys(publishedCounts)])
      expect(architectures.map((one) => one.name)).toContain(name)
  })

  it('have plain counterparts of the same parameters but those of the projections', () => {
    expect(countsOf('cifar-plain56')).toEqual(countsOf('cifar-resnet56'))
    // ResNet-34 has three projections, 64 to 128, 128 to 256 and 256 to 512, each with its batch norm.
    const projections = 64 * 128 + 128 * 256 + 256 * 512 + 2 * (128 + 256 + 512)
    expect(countsOf('resnet34').parameters - countsOf('plain34').parameters).toBe(projections)
  })
})

describe('findArchitecture', () => {
  it.each([
    ['ResNet-50', 'resnet50'],
    ['resnet_50', 'resnet50'],
    ['CIFAR-ResNet-56', 'cifar-resnet56'],
    ['cifar10 resnet 110', 'cifar-resnet110'],
    ['ResNeXt-50 32×4d', 'resnext50_32x4d'],
    ['resnext50', 'resnext50_32x4d'],
    ['Wide-ResNet-50-2', 'wide_resnet50_2'],
    ['Plain-34', 'plain34'],
    ['resnet20-A', 'cifar-resnet20'],
    ['cifar-plain26', 'cifar-plain26'],
    ['cifar-resnet50', 'cifar-resnet50'],
  ])('understands %s', (written, name) => {
    expect(named(written).name).toBe(name)
  })

  it.each([
    ['resnet51', /Did you mean resnet50\?.*resnet18.*cifar-resnetN/],
    ['resent34', /Did you mean resnet34\?/],
    ['alexnet', /no architecture called "alexnet".*resnet18/],
    ['cifar-resnet57', /6n \+ 2.*cifar-resnet56 and cifar-resnet62/],
    ['cifar-plain9999', /cifar-plain1202/],
    ['constructor', /no architecture/],
    ['', /no architecture/],
  ])('answers %s with a sentence', (written, sentence) => {
    const found = findArchitecture(written)
    expect(found.ok ? '' : found.sentence).toMatch(sentence)
  })
})
