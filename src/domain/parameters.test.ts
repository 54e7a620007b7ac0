import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialisations, type NetworkSpec, shortcutTypes } from './networkSpec.ts'
import { type InitialValues, initialParameters, parametersOf, sizeOf } from './parameters.ts'
import { planLayers } from './planLayers.ts'
import { choicesOfSpec, chosenSpec, smallSpec } from './testing/anyNetworkSpec.ts'

const spec: NetworkSpec = {
  ...smallSpec,
  blocksPerStage: [3, 3, 3],
  width: 8,
  imageSize: 16,
  classes: 10,
}
const planOf = (change: Partial<NetworkSpec>) => planLayers({ ...spec, ...change })
const initialOf = (change: Partial<NetworkSpec>, seed = 1) => initialParameters(planOf(change), seed)

describe('initialParameters', () => {
  it('has every parameter of the plan, in its size', () => {
    const plan = planOf({ shortcut: 'C' })
    const initial = initialParameters(plan, 1)
    expect([...initial.keys()]).toEqual(parametersOf(plan).map(({ name }) => name))
    for (const { name, shape } of parametersOf(plan)) expect(initial.get(name)?.length).toBe(sizeOf(shape))
  })

  it.each(shortcutTypes.filter((shortcut) => shortcut !== 'none'))(
    'starts the residual network of shortcuts %s from its plain counterpart’s weights',
    (shortcut) => {
      const plain = initialOf({})
      const residual = initialOf({ shortcut })
      for (const [name, values] of plain) expect(residual.get(name)).toEqual(values)
      const own = [...residual.keys()].filter((name) => !plain.has(name))
      expect(own.every((name) => /\.(projection|gate)\./.test(name))).toBe(true)
      expect(own.length > 0).toBe(['B', 'C', 'exclusive-gate', 'shortcut-gate'].includes(shortcut))
    },
  )

  it.each(initialisations)('starts the kernels of %s from those of He-normal', (initialisation) => {
    const he = initialOf({ shortcut: 'A' })
    const other = initialOf({ shortcut: 'A', initialisation })
    for (const [name, values] of he) {
      const isLastScale = initialisation === 'zero-gamma' && /block\d+\.bn2\.gamma$/.test(name)
      expect(other.get(name), name).toEqual(isLastScale ? values.map(() => 0) : values)
    }
    const own = [...other.keys()].filter((name) => !he.has(name))
    const brought = {
      he: null,
      'zero-gamma': null,
      skipinit: /\.multiplier$/,
      dirac: /conv\d\.(identity|scale)$/,
    }
    expect(own.filter((name) => brought[initialisation]?.test(name) !== true)).toEqual([])
    expect(own).toHaveLength({ he: 0, 'zero-gamma': 0, skipinit: 9, dirac: 36 }[initialisation])
  })

  it('gives a deeper network the weights of every layer that the shallower one has', () => {
    const deep = initialOf({ blocksPerStage: [5, 3, 4] })
    for (const [name, values] of initialOf({})) expect(deep.get(name)).toEqual(values)
  })

  it('is the same for a seed, and another for another', () => {
    expect(initialOf({})).toEqual(initialOf({}))
    expect(initialOf({}, 2).get('stem.conv')).not.toEqual(initialOf({}).get('stem.conv'))
  })

  // A link opens the same experiment in every later version only while these numbers stay.
  it('gives these numbers, for ever', () => {
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6))
    const initial = initialOf({ blocksPerStage: [1, 1, 1] })
    expect([...(initial.get('stem.conv') ?? []).slice(0, 3)]).toEqual(
      close([0.0968988, -0.178723, 0.0373971]),
    )
    expect([...(initial.get('head.dense') ?? []).slice(0, 3)]).toEqual(
      close([0.184021, -0.1066959, 0.3802755]),
    )
  })

  it('is He-normal by fan-in in convolutions, 1/fan-in in the dense layer, and one number everywhere else', () => {
    fc.assert(
      fc.property(anySpec, (any) => {
        const plan = planLayers(any)
        const initial = initialParameters(plan, 3)
        for (const { name, shape, initial: rule } of parametersOf(plan)) {
          const expected = ruleOf(any, name, shape)
          expect(rule, name).toEqual(expected)
          const values = initial.get(name) ?? new Float32Array()
          if ('value' in expected) {
            expect(new Set(values), name).toEqual(new Set([Math.fround(expected.value)]))
            continue
          }
          const meanSquare = values.reduce((sum, value) => sum + value * value, 0) / values.length
          const variance = expected.deviation ** 2
          // The mean of n squares of normal numbers has a deviation of √(2/n); one tensor among thousands may be 6 of them away.
          const tolerance = 6 * Math.sqrt(2 / values.length) * variance
          if (values.length > 400) expect(Math.abs(meanSquare - variance), name).toBeLessThan(tolerance)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('knows which block a projection belongs to', () => {
    const owners = parametersOf(planOf({ shortcut: 'B' })).filter(
      ({ shortcutOfBlock }) => shortcutOfBlock !== null,
    )
    expect([...new Set(owners.map(({ shortcutOfBlock }) => shortcutOfBlock))]).toEqual([3, 6])
    expect(owners).toHaveLength(6)
  })

  it('knows which block a gate belongs to, and that a multiplier and a kernel’s scales serve F', () => {
    const ownersOf = (change: Partial<NetworkSpec>) =>
      parametersOf(planOf(change)).filter(({ shortcutOfBlock }) => shortcutOfBlock !== null)
    const gates = ownersOf({ shortcut: 'shortcut-gate' })
    expect(gates.map(({ shortcutOfBlock }) => shortcutOfBlock)).toEqual(
      Array.from({ length: 9 }, (_, block) => [block, block]).flat(),
    )
    expect(ownersOf({ shortcut: 'A', initialisation: 'skipinit' })).toEqual([])
    expect(ownersOf({ shortcut: 'A', initialisation: 'dirac' })).toEqual([])
  })
})

const anySpec = fc.array(fc.nat(), { minLength: choicesOfSpec, maxLength: choicesOfSpec }).map(chosenSpec)

/** What each tensor starts with, by its name alone. */
const ruleOf = (of: NetworkSpec, name: string, shape: readonly number[]): InitialValues => {
  if (name.endsWith('.beta') || name === 'head.bias' || name.endsWith('.multiplier')) return { value: 0 }
  if (name.endsWith('.gate.bias')) return { value: of.gateBias }
  if (name.endsWith('.identity')) return { value: 1 }
  if (name.endsWith('.scale')) return { value: 0.1 }
  if (name.endsWith('.gamma')) {
    const last = of.block === 'basic' ? 'bn2' : 'bn3'
    return { value: of.initialisation === 'zero-gamma' && name.endsWith(`.${last}.gamma`) ? 0 : 1 }
  }
  const fanIn = sizeOf(shape.slice(0, -1))
  return { deviation: Math.sqrt((name === 'head.dense' ? 1 : 2) / fanIn) }
}
