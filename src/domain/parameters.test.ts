import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from './networkSpec.ts'
import { initialParameters, parametersOf, sizeOf } from './parameters.ts'
import { planLayers } from './planLayers.ts'

const spec: NetworkSpec = {
  shortcut: 'none',
  blocksPerStage: 3,
  width: 8,
  imageSize: 16,
  channels: 3,
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

  it.each(['A', 'B', 'C'] as const)(
    'starts the residual network of shortcuts %s from its plain counterpart’s weights',
    (shortcut) => {
      const plain = initialOf({})
      const residual = initialOf({ shortcut })
      for (const [name, values] of plain) expect(residual.get(name)).toEqual(values)
      const own = [...residual.keys()].filter((name) => !plain.has(name))
      expect(own.every((name) => name.includes('.projection.'))).toBe(true)
      expect(own.length > 0).toBe(shortcut !== 'A')
    },
  )

  it('gives a deeper network the weights of every layer that the shallower one has', () => {
    const deep = initialOf({ blocksPerStage: 5 })
    for (const [name, values] of initialOf({})) expect(deep.get(name)).toEqual(values)
  })

  it('is the same for a seed, and another for another', () => {
    expect(initialOf({})).toEqual(initialOf({}))
    expect(initialOf({}, 2).get('stem.conv')).not.toEqual(initialOf({}).get('stem.conv'))
  })

  // A link opens the same experiment in every later version only while these numbers stay.
  it('gives these numbers, for ever', () => {
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6))
    const initial = initialOf({ blocksPerStage: 1 })
    expect([...(initial.get('stem.conv') ?? []).slice(0, 3)]).toEqual(
      close([0.0968988, -0.178723, 0.0373971]),
    )
    expect([...(initial.get('head.dense') ?? []).slice(0, 3)]).toEqual(
      close([0.184021, -0.1066959, 0.3802755]),
    )
  })

  it('is He-normal by fan-in in convolutions, 1/fan-in in the dense layer, 1 in scales and 0 in shifts and biases', () => {
    const plan = planOf({ width: 16, shortcut: 'B' })
    const initial = initialParameters(plan, 3)
    for (const { name, role, fanIn } of parametersOf(plan)) {
      const values = initial.get(name) ?? new Float32Array()
      const meanSquare = values.reduce((sum, value) => sum + value * value, 0) / values.length
      const expected = { conv: 2 / fanIn, dense: 1 / fanIn, gamma: 1, beta: 0, bias: 0 }[role]
      const isRandom = role === 'conv' || role === 'dense'
      // The mean of n squares of normal numbers is within 5 deviations, each √(2/n).
      const tolerance = isRandom ? 5 * Math.sqrt(2 / values.length) * expected : 0
      expect(Math.abs(meanSquare - expected), name).toBeLessThanOrEqual(tolerance)
      if (!isRandom) expect(new Set(values).size, name).toBe(1)
    }
  })

  it('knows which block a projection belongs to', () => {
    const owners = parametersOf(planOf({ shortcut: 'B' })).filter(
      ({ shortcutOfBlock }) => shortcutOfBlock !== null,
    )
    expect([...new Set(owners.map(({ shortcutOfBlock }) => shortcutOfBlock))]).toEqual([3, 6])
    expect(owners).toHaveLength(6)
  })
})
