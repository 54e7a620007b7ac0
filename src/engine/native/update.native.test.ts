import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { valueAt } from '../testing/PlainTensor.ts'
import { Clear, Control, Opcode, PhaseKind, Update } from './assembly/instructionSet.ts'
import { loadEngine } from './loadEngine.ts'
import { createKernelBench } from './testing/kernelBench.ts'

const bench = createKernelBench(await loadEngine(false))

interface UpdateData {
  readonly parameters: Float32Array
  readonly momentum: Float32Array
  readonly gradients: readonly Float32Array[]
  readonly learningRate: number
  readonly momentumFactor: number
  readonly weightDecay: number
}

const runUpdate = ({ parameters, momentum, gradients, ...settings }: UpdateData) => {
  bench.reset()
  const floats = parameters.length
  const { address, sliceBytes } = bench.slices(floats)
  gradients.forEach((values, slice) => {
    bench.writeFloats(address + slice * sliceBytes, values)
  })
  const [parametersAt, momentumAt] = [bench.floats(parameters), bench.floats(momentum)]
  const set = (word: Control, value: number): void => bench.writeFloats(bench.control() + word * 4, [value])
  set(Control.learningRate, settings.learningRate)
  set(Control.momentum, settings.momentumFactor)
  set(Control.weightDecay, settings.weightDecay)
  const program = bench.begin()
  program.builder.beginPhase(PhaseKind.shared)
  program.builder.emit(Opcode.update, Update, {
    parameters: parametersAt,
    momentum: momentumAt,
    gradients: address,
    sliceBytes,
    floats,
  })
  program.run(1)
  const [broken = -1] = bench.readIntegers(bench.control() + Control.broken * 4, 1)
  return {
    parameters: bench.readFloats(parametersAt, floats),
    momentum: bench.readFloats(momentumAt, floats),
    isBroken: broken !== 0,
  }
}

const normal = (count: number, seed: number, name: string, size = 1): Float32Array => {
  const stream = randomStream(seed, name)
  return Float32Array.from({ length: count }, () => size * stream.normal())
}

const dataOf = (seed: number, count: number): UpdateData => ({
  parameters: normal(count, seed, 'parameters'),
  momentum: normal(count, seed, 'momentum'),
  gradients: [0, 1, 2, 3].map((slice) => normal(count, seed, `gradient ${slice}`)),
  learningRate: 0.05,
  momentumFactor: 0.9,
  weightDecay: 1e-3,
})

describe('a step of SGD', () => {
  it('is what plain loops give', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, quarters) => {
        const data = dataOf(seed, 4 * quarters)
        const actual = runUpdate(data)
        const velocity = Float64Array.from(data.parameters, (p, i) => {
          const gradient = data.gradients.reduce((sum, values) => sum + valueAt(values, i), 0)
          return 0.9 * valueAt(data.momentum, i) + gradient + 1e-3 * p
        })
        const next = velocity.map((v, i) => valueAt(data.parameters, i) - 0.05 * v)
        expect(relativeError({ name: '', actual: actual.momentum, expected: velocity })).toBeLessThan(1e-6)
        expect(relativeError({ name: '', actual: actual.parameters, expected: next })).toBeLessThan(1e-6)
        expect(actual.isBroken).toBe(false)
      }),
      { numRuns: 50, seed: 1 },
    )
  })

  it('leaves no velocity that is negligible, nor any that would lose digits', () => {
    const data = dataOf(1, 8)
    const gradients = data.gradients.map(() => new Float32Array(8))
    const momentum = Float32Array.of(1e-17, 1e-18, -9e-19, 1e-30, -1e-39, 0, -1e-17, 1e-45)
    const after = runUpdate({ ...data, momentum, gradients, weightDecay: 0 })
    const kept = momentum.map((value) => {
      const velocity = Math.fround(value * Math.fround(0.9))
      return Math.abs(velocity) < 2 ** -60 ? 0 : velocity
    })
    expect([...after.momentum]).toEqual([...kept])
    expect([...kept].filter((value) => value !== 0)).toHaveLength(3)
    expect([...after.parameters]).toEqual([...data.parameters])
  })

  it.each([0, 3, 5, 11])('says where a parameter became no number, at %i', (at) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const data = dataOf(1, 12)
      data.gradients[at % 4]?.fill(value, at, at + 1)
      const after = runUpdate(data)
      expect(after.isBroken).toBe(true)
      expect(Number.isFinite(after.parameters[at])).toBe(false)
    }
    const parameters = normal(12, 1, 'parameters').fill(3e38, at, at + 1)
    const momentum = new Float32Array(12).fill(-3e38, at, at + 1)
    expect(runUpdate({ ...dataOf(1, 12), parameters, momentum, learningRate: 1 }).isBroken).toBe(true)
  })
})

it('what is cleared is zero, and nothing else', () => {
  bench.reset()
  const at = bench.floats(new Float32Array(48).fill(7))
  const program = bench.begin()
  program.builder.beginPhase(PhaseKind.jobs)
  program.builder.emit(Opcode.clear, Clear, { address: at + 64, bytes: 64 })
  program.run(1)
  const values = [...bench.readFloats(at, 48)]
  expect(values).toEqual([...Array(16).fill(7), ...Array(16).fill(0), ...Array(16).fill(7)])
})
