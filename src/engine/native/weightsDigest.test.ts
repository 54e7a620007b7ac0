import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialParameters, type TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { smallSpec } from '../testing/smallExperiment.ts'
import { weightsDigest } from './weightsDigest.ts'

const ofTensors = (...tensors: readonly (readonly number[])[]): TensorValues =>
  new Map(tensors.map((values, index) => [`tensor${index}`, Float32Array.from(values)]))

const plan = planLayers(smallSpec())

describe('the digest of weights', () => {
  it('is 16 hexadecimal digits, the same on every machine', () => {
    expect(weightsDigest([])).toBe('811c9dc59e3779b9')
    expect(weightsDigest([ofTensors([1, -2, 0.5], [0])])).toBe('dc7cbed9f5698d80')
    const { size } = new Set([1, 2, 3].map((seed) => weightsDigest([initialParameters(plan, seed)])))
    expect(size).toBe(3)
  })

  it('knows nothing of how numbers are cut into tensors or where they lie, and all of their order', () => {
    const values = Float32Array.of(9, 1, 2, 3)
    const inside = new Map([['a', values.subarray(1)]])
    expect(weightsDigest([inside])).toBe(weightsDigest([ofTensors([1], [2, 3])]))
    expect(weightsDigest([inside])).not.toBe(weightsDigest([ofTensors([1, 3, 2])]))
    expect(weightsDigest([ofTensors([1]), ofTensors([2])])).not.toBe(
      weightsDigest([ofTensors([2]), ofTensors([1])]),
    )
  })

  it('reads bits', () => {
    expect(weightsDigest([ofTensors([0])])).not.toBe(weightsDigest([ofTensors([-0])]))
  })

  it('sees any one or two numbers change, be it their sign alone', () => {
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 2,
      maxLength: 40,
    })
    fc.assert(
      fc.property(numbers, fc.nat(), fc.nat(), (values, one, other) => {
        const places = new Set([one % values.length, other % values.length])
        const changed = values.map((value, index) => (places.has(index) ? -value : value))
        expect(weightsDigest([ofTensors(changed)])).not.toBe(weightsDigest([ofTensors(values)]))
      }),
      { seed: 1 },
    )
  })
})
