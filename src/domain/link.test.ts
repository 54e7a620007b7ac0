import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveLabel } from './curveLabel.ts'
import { blockCountOf, type CurveSpec } from './curveSpec.ts'
import type { ExperimentSpec } from './experimentSpec.ts'
import { backendChoices, schedules } from './experimentSpec.ts'
import type { Intervention } from './interventions.ts'
import { imageSizes, limits, widths } from './limits.ts'
import { decodeLink, encodeLink } from './link.ts'
import { linkUpgrades, linkVersion, upgradePairs } from './linkUpgrades.ts'
import { presetNamed, presets } from './presets.ts'
import { choicesOfCurve, chosenCurve } from './testing/chosenCurve.ts'
import { validateSpec } from './validateSpec.ts'

const whole = ({ min, max }: { min: number; max: number }) => fc.integer({ min, max })
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
/** Curves of the whole family; as many are of the simplest kind, which today's links hold. */
const curve: fc.Arbitrary<CurveSpec> = fc.oneof(
  fc.array(fc.nat(), { minLength: choicesOfCurve, maxLength: choicesOfCurve }).map(chosenCurve),
  fc.record({
    depth: fc.integer({ min: 1, max: 200 }).map((n) => 6 * n + 2),
    shortcut: fc.constantFrom('none' as const, 'A' as const, 'B' as const, 'C' as const),
  }),
)
const rate = fc.double({ min: 0, minExcluded: true, max: 10, noNaN: true })

const simple: CurveSpec = { depth: 8, shortcut: 'none' }
const interventionOf = (networks: readonly CurveSpec[], steps: number): fc.Arbitrary<Intervention> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('learningRate' as const),
      step: fc.integer({ min: 0, max: steps - 1 }),
      to: rate,
    }),
    fc.integer({ min: 0, max: networks.length - 1 }).chain((network) =>
      fc.record({
        kind: fc.constant('shortcuts' as const),
        step: fc.integer({ min: 0, max: steps - 1 }),
        network: fc.constant(network),
        blocks: fc.oneof(
          fc.constant('all' as const),
          fc.uniqueArray(fc.integer({ min: 0, max: blockCountOf(networks[network] ?? simple) - 1 }), {
            minLength: 1,
            maxLength: 20,
          }),
        ),
        to: fc.constantFrom(0 as const, 1 as const),
        overSteps: whole(limits.fadeSteps),
      }),
    ),
  )

/** Any experiment that the lab accepts, in the form that validation gives it. */
const anySpec: fc.Arbitrary<ExperimentSpec> = fc
  .tuple(fc.uniqueArray(curve, { minLength: 2, maxLength: 6, selector: curveLabel }), whole(limits.steps))
  .chain(([networks, steps]) =>
    fc.record({
      dataset: fc.record({
        source: fc.constantFrom('digits' as const, 'fractals' as const, 'shapes' as const),
        imageSize: fc.constantFrom(...imageSizes),
        trainingImages: fc.integer({ min: 512, max: 20_000 }),
        validationImages: whole(limits.validationImages),
        augment: fc.boolean(),
      }),
      networks: fc.constant(networks),
      width: fc.constantFrom(...widths),
      recipe: fc.record({
        batchSize: whole(limits.batchSize),
        steps: fc.constant(steps),
        learningRate: rate,
        momentum: real(0, 0.999),
        weightDecay: real(0, 1),
        warmupSteps: whole(limits.warmupSteps),
        schedule: fc.constantFrom(...schedules),
      }),
      evaluateEvery: whole(limits.evaluateEvery),
      seed: whole(limits.seed),
      interventions: fc.array(interventionOf(networks, steps), { maxLength: 8 }),
      backend: fc.constantFrom(...backendChoices),
    }),
  )
  .map((spec) => {
    const validation = validateSpec(spec)
    if (!validation.ok)
      throw new Error(`the arbitrary made an impossible spec: ${validation.sentences.join(' ')}`)
    return validation.spec
  })
const anyPreset = fc.constantFrom(...presets.map(({ name }) => name))

/** Every object inside has one of the two plain prototypes, and no own key that a prototype also has. */
const isClean = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = prototype === Object.prototype || prototype === Array.prototype
  return (
    isPlain && Object.keys(value).every((key) => key !== '__proto__') && Object.values(value).every(isClean)
  )
}

describe('a link', () => {
  it('gives any experiment back, from any preset', () => {
    fc.assert(
      fc.property(anyPreset, anySpec, (preset, spec) => {
        expect(decodeLink(encodeLink(preset, spec))).toEqual({ preset, spec, notices: [] })
      }),
    )
  })

  it('survives what messengers do to it: a hash sign, percent signs for its punctuation', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const link = encodeLink('default', spec).replace(/[,:;]/g, encodeURIComponent)
        expect(decodeLink(`#${link}`)).toEqual({ preset: 'default', spec, notices: [] })
      }),
    )
  })

  it.each(presets.map(({ name }) => name))('of the preset %s itself holds nothing but its name', (name) => {
    expect(encodeLink(name, presetNamed(name).spec)).toBe(`v=1&preset=${name}`)
  })

  it('is written in words that a person can change', () => {
    const base = presetNamed('default').spec
    const link = encodeLink('default', {
      ...base,
      dataset: { ...base.dataset, source: 'fractals', augment: true },
      networks: [
        { depth: 8, shortcut: 'none' },
        { depth: 20, shortcut: 'B' },
      ],
      recipe: { ...base.recipe, learningRate: 0.02 },
      interventions: [
        { kind: 'shortcuts', step: 100, network: 1, blocks: [0, 1, 2, 5], to: 0, overSteps: 50 },
        { kind: 'shortcuts', step: 150, network: 1, blocks: 'all', to: 1, overSteps: 0 },
        { kind: 'learningRate', step: 200, to: 0.01 },
      ],
    })
    expect(link).toBe(
      'v=1&preset=default&data=fractals&augment=1&nets=plain-8,B-20&rate=0.02&do=100:off:2:1-3,6:50;150:on:2:all;200:rate:0.01',
    )
  })

  it.each<[string, CurveSpec]>([
    [
      'A-164~bottleneck~full-preact',
      { depth: 164, shortcut: 'A', block: 'bottleneck', order: 'full-preact' },
    ],
    ['plain-32~dirac', { depth: 32, shortcut: 'none', initialisation: 'dirac' }],
    ['A-32~zero-gamma', { depth: 32, shortcut: 'A', initialisation: 'zero-gamma' }],
    ['scaled-32', { depth: 32, shortcut: 'scaled' }],
    ['scaled-32~f0.7~s1', { depth: 32, shortcut: 'scaled', residualScale: 0.7, shortcutScale: 1 }],
    ['shortcut-gate-32~bias-2.5', { depth: 32, shortcut: 'shortcut-gate', gateBias: -2.5 }],
    ['exclusive-gate-32~bias0', { depth: 32, shortcut: 'exclusive-gate', gateBias: 0 }],
    ['dropout-32~rate0.2', { depth: 32, shortcut: 'dropout', dropRate: 0.2 }],
    ['B-29~resnext~c8~w16', { depth: 29, shortcut: 'B', block: 'resnext', cardinality: 8, groupWidth: 16 }],
    ['A-32~skipinit~no-bn', { depth: 32, shortcut: 'A', initialisation: 'skipinit', batchNorm: false }],
    ['plain-18~stages2.2.2.2', { depth: 18, shortcut: 'none', stages: [2, 2, 2, 2] }],
  ])('says %s for one network, and reads it', (text, network) => {
    const spec = { ...presetNamed('default').spec, networks: [simple, network] }
    expect(encodeLink('default', spec)).toBe(`v=1&preset=default&nets=plain-8,${text}`)
    expect(decodeLink(`nets=plain-8,${text}`)).toEqual({ preset: 'default', spec, notices: [] })
  })

  it.each(backendChoices)('can name what trains: %s', (backend) => {
    const { spec } = presetNamed('default')
    expect(decodeLink(`backend=${backend}`)).toMatchObject({ spec: { ...spec, backend }, notices: [] })
  })

  it('may say what is at its default too, in any order', () => {
    const { spec, notices } = decodeLink(
      'nets=plain-8~he~basic,shortcut-gate-32~bias-6~original~stages5.5.5,scaled-32~s0.5~f0.5',
    )
    expect(notices).toEqual([])
    expect(spec.networks).toEqual([
      simple,
      { depth: 32, shortcut: 'shortcut-gate' },
      { depth: 32, shortcut: 'scaled' },
    ])
  })

  it('may be typed by hand: without version and preset, a short run', () => {
    const { spec, notices } = decodeLink('steps=20')
    expect(notices).toEqual([])
    expect(spec).toEqual({
      ...presetNamed('default').spec,
      recipe: { ...presetNamed('default').spec.recipe, steps: 20 },
    })
  })

  it.each(['', '#'])('that is empty (%j) opens the default and says nothing', (hash) => {
    expect(decodeLink(hash)).toEqual({ preset: 'default', spec: presetNamed('default').spec, notices: [] })
  })
})

describe('a broken or hostile link', () => {
  const defaultSpec = presetNamed('default').spec

  it.each([
    ['an unknown key', 'v=1&colour=red', 'colour'],
    ['a prototype key', 'v=1&__proto__=1', '__proto__'],
    ['a constructor key', 'v=1&constructor=x', 'constructor'],
    ['NaN', 'v=1&steps=NaN', 'steps=NaN'],
    ['Infinity', 'v=1&rate=Infinity', 'rate=Infinity'],
    ['a huge number', 'v=1&rate=1e99', 'rate=1e99'],
    ['a number that overflows', 'v=1&rate=1e999', 'rate=1e999'],
    ['a hexadecimal number', 'v=1&seed=0x10', 'seed=0x10'],
    ['a number with a space', 'v=1&seed=%201', 'seed= 1'],
    ['an empty number', 'v=1&seed=', 'seed='],
    ['a huge depth', 'v=1&nets=plain-8,plain-999999998', 'outside'],
    ['a depth between', 'v=1&nets=plain-8,plain-33', '32 and 38'],
    ['one network', 'v=1&nets=plain-8', '2 to 6 networks'],
    ['too many networks', 'v=1&nets=plain-8,plain-14,plain-20,A-8,A-14,A-20,B-8', '2 to 6 networks'],
    ['twice the same network', 'v=1&nets=plain-8,plain-8', 'the same'],
    ['an unknown option', 'v=1&nets=plain-8,A-32~sparkle', '"sparkle"'],
    ['an option without its number', 'v=1&nets=plain-8,dropout-32~rate', '"rate"'],
    ['an empty option', 'v=1&nets=plain-8,A-32~', '""'],
    ['a prototype key as an option', 'v=1&nets=plain-8,A-32~__proto__', '"__proto__"'],
    ['an option twice', 'v=1&nets=plain-8,A-32~dirac~skipinit', 'says twice what "skipinit" says'],
    ['an option that means nothing there', 'v=1&nets=plain-8,A-32~c8', '"c8" says nothing about "A-32"'],
    ['a bias without a gate', 'v=1&nets=plain-8,B-32~bias-6', '"bias-6" says nothing'],
    ['a bias out of range', 'v=1&nets=plain-8,shortcut-gate-32~bias-21', 'from -20 to 20'],
    ['a hexadecimal bias', 'v=1&nets=plain-8,shortcut-gate-32~bias0x1', '"bias0x1"'],
    ['broken stages', 'v=1&nets=plain-8,plain-18~stages2..2', '"stages2..2"'],
    ['stages of another depth', 'v=1&nets=plain-8,plain-20~stages2.2.2.2', 'depth of 18, not 20'],
    ['a bottleneck of basic depth', 'v=1&nets=plain-8,A-32~bottleneck', '29 and 38'],
    ['what means nothing', 'v=1&nets=plain-8,plain-32~zero-gamma', 'nothing would pass'],
    ['twice the same network in two ways', 'v=1&nets=scaled-8,scaled-8~f0.5', 'the same'],
    ['a kind called none', 'v=1&nets=plain-8,none-32', '"none-32"'],
    ['no depth', 'v=1&nets=plain-8,A', 'Depth'],
    ['a prototype key as a shortcut', 'v=1&nets=constructor-8,__proto__-8', 'shortcut'],
    ['percent garbage', 'v=1&data=%E0%A4%A', '%E0%A4%A'],
    ['no value', 'v=1&data', 'data'],
    ['a prototype key as a preset', 'v=1&preset=__proto__', '__proto__'],
    ['an unknown preset', 'v=1&preset=toString', 'toString'],
    ['a broken switch', 'v=1&do=300:off', '300:off'],
    ['a switch of block 0', 'v=1&do=100:off:3:0', '100:off:3:0'],
    ['a switch of a billion blocks', 'v=1&do=100:off:3:1-9999', '1-9999'],
    ['a rate of 0', 'v=1&do=100:rate:0', '100:rate:0'],
    ['an unknown version', 'v=one', 'one'],
    ['version 0', 'v=0', 'version'],
    ['a newer version', 'v=2&steps=20', 'newer'],
    ['CIFAR-10 at 12 pixels', 'v=1&data=cifar10&size=12', 'CIFAR-10'],
    ['a switch in a network that is not there', 'v=1&do=100:off:4:all', 'network 4'],
    ['a switch after the end', 'v=1&do=300:off:3:all', 'only 300 steps'],
  ])('with %s opens the default and says so', (_, hash, part) => {
    const { spec, notices } = decodeLink(hash)
    expect(spec).toEqual(defaultSpec)
    expect(notices.length).toBeGreaterThan(0)
    expect(notices.join(' ')).toContain(part)
  })

  it('keeps what it understands', () => {
    const { spec, notices } = decodeLink('v=1&steps=200&rate=x&seed=7&do=100:off:3:all;nonsense')
    expect(spec.recipe.steps).toBe(200)
    expect(spec.seed).toBe(7)
    expect(spec.interventions).toHaveLength(1)
    expect(notices).toHaveLength(2)
  })

  it('takes the first of two, and says so', () => {
    const { spec, notices } = decodeLink('v=1&width=4&width=16')
    expect(spec.width).toBe(4)
    expect(notices).toEqual([expect.stringContaining('"width" twice')])
  })

  it('of a megabyte is answered at once, with short sentences', () => {
    for (const hash of [
      `v=1&${'a'.repeat(1e6)}`,
      `v=1&do=${'1:off:1:all;'.repeat(15_000)}`,
      `v=1&nets=${'plain-8,'.repeat(20_000)}`,
      `v=1&nets=plain-8,A-32${'~dirac'.repeat(30_000)}`,
      `v=1&nets=plain-8,A-32~stages${'1.'.repeat(90_000)}`,
      `v=1&nets=plain-8,A-32~${'x'.repeat(190_000)}`,
      `v=1&${'x=1&'.repeat(40_000)}`,
      `v=1&seed=${'1'.repeat(190_000)}`,
    ]) {
      const { spec, notices } = decodeLink(hash)
      expect(spec).toEqual(defaultSpec)
      expect(notices.length).toBeGreaterThan(0)
      expect(notices.length).toBeLessThanOrEqual(8)
      for (const notice of notices) expect(notice.length).toBeLessThan(300)
    }
  })

  const pieces = fc.constantFrom(
    ...[
      'v=1',
      'v',
      '=',
      '&',
      '__proto__',
      'constructor',
      'nets=',
      'plain-',
      'A-',
      '~',
      'shortcut-gate-',
      'resnext',
      'bias',
      'stages2.2',
      'full-preact',
      'zero-gamma',
      '8',
      '32',
      '1e99',
      'NaN',
      '-',
      ',',
      ';',
      ':',
    ],
    ...[
      'do=',
      'off',
      'rate',
      'all',
      'steps=',
      'size=',
      '12',
      'data=',
      'cifar10',
      '%',
      '%00',
      '#',
      'preset=',
      'images=',
      '100',
    ],
  )
  /** Lone surrogates and control characters too. */
  const anyLetter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
  const hostile = fc.oneof(
    fc.array(anyLetter, { maxLength: 200 }).map((letters) => letters.join('')),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  )

  it('never throws, and what opens is always possible and clean', () => {
    fc.assert(
      fc.property(hostile, (hash) => {
        const decoded = decodeLink(hash)
        expect(validateSpec(decoded.spec)).toEqual({ ok: true, spec: decoded.spec })
        expect(isClean(decoded.spec)).toBe(true)
        expect(decoded.notices.every((notice) => notice.length < 300)).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('with one letter changed never throws', () => {
    fc.assert(
      fc.property(anySpec, fc.nat(), fc.string({ minLength: 0, maxLength: 2 }), (spec, at, letters) => {
        const link = encodeLink('default', spec)
        const place = at % link.length
        const decoded = decodeLink(link.slice(0, place) + letters + link.slice(place + 1))
        expect(validateSpec(decoded.spec).ok).toBe(true)
      }),
    )
  })
})

describe('versions of the link', () => {
  it('have an upgrader for every one that is older', () => {
    for (let version = 1; version < linkVersion; version++) expect(linkUpgrades.has(version)).toBe(true)
    expect(linkUpgrades.size).toBe(linkVersion - 1)
    expect(upgradePairs(new Map([['seed', '3']]), linkVersion)).toEqual(new Map([['seed', '3']]))
  })

  // These links were made by the version in front of them: they stay here for ever, and open the same experiment for ever.
  it.each([
    [
      'v=1&preset=quick&data=shapes&nets=plain-8,plain-20,A-20&width=16&batch=32&steps=120&rate=0.02&seed=9&do=60:off:3:1-2:10',
      {
        dataset: {
          source: 'shapes',
          imageSize: 12,
          trainingImages: 5000,
          validationImages: 2000,
          augment: false,
        },
        networks: [
          { depth: 8, shortcut: 'none' },
          { depth: 20, shortcut: 'none' },
          { depth: 20, shortcut: 'A' },
        ],
        width: 16,
        recipe: {
          batchSize: 32,
          steps: 120,
          learningRate: 0.02,
          momentum: 0.9,
          weightDecay: 1e-4,
          warmupSteps: 30,
          schedule: 'constant',
        },
        evaluateEvery: 25,
        seed: 9,
        interventions: [{ kind: 'shortcuts', step: 60, network: 2, blocks: [0, 1], to: 0, overSteps: 10 }],
        backend: 'auto',
      },
    ],
  ])('open for ever: %s', (link, spec) => {
    expect(decodeLink(link)).toEqual({ preset: 'quick', spec, notices: [] })
  })
})
