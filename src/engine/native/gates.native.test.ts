import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropoutMask } from '../../domain/dropoutMask.ts'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainGate, plainGatedAdd } from '../testing/plainOps.ts'
import {
  Control,
  Dropout,
  Gate,
  GatedAdd,
  GatedAddGradient,
  GateGradient,
  Multiplier,
  MultiplierGradient,
  Opcode,
  PhaseKind,
} from './assembly/instructionSet.ts'
import { channelLayout } from './channelLayout.ts'
import { loadEngine } from './loadEngine.ts'
import { createKernelBench } from './testing/kernelBench.ts'
import { paddedRow } from './testing/paddedRow.ts'

const bench = createKernelBench(await loadEngine(false))
const tolerance = 1e-5

const sizes = {
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 9 }),
  side: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 13),
  channels: fc.integer({ min: 1, max: 40 }),
}

const error = (actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number =>
  relativeError({ name: '', actual, expected }, floor)

describe('a gate', () => {
  it('and the gradients of its input and its bias are what plain loops give', () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ seed, batch, side, channels }) => {
        bench.reset()
        const stream = randomStream(seed, 'gate')
        const [x, dy] = [0, 1].map(() => plainNormal([batch, side, side, channels], stream)) as [
          PlainTensor,
          PlainTensor,
        ]
        const bias = plainNormal([channels], stream)
        const program = bench.begin()
        const { builder } = program
        const [input, gradient] = [program.input(x), program.input(dy)]
        const output = program.output(side, channelLayout(channels))
        const shape = { side, channels: output.shape.channels }
        const ofBias = bench.slices(shape.channels)
        builder.beginPhase(PhaseKind.images)
        builder.emit(Opcode.gate, Gate, { input, output, ...shape, bias: bench.floats(paddedRow(bias)) })
        builder.emit(Opcode.gateGradient, GateGradient, {
          gradient,
          output,
          ...shape,
          biasGradient: ofBias.address,
          sliceBytes: ofBias.sliceBytes,
        })
        program.run(batch)
        const open = plainGate(x, bias)
        const ofX = open.values.map((g, i) => valueAt(dy.values, i) * g * (1 - g))
        const sums = new Float64Array(channels)
        ofX.forEach((value, i) => {
          sums[i % channels] = valueAt(sums, i % channels) + value
        })
        // A gate of the padding is half open, and nothing goes through it.
        expect(error(program.read(output, 'any').values, open.values)).toBeLessThan(tolerance)
        expect(error(program.read(gradient).values, ofX)).toBeLessThan(tolerance)
        expect(error(ofBias.sum().slice(0, channels), sums, 1)).toBeLessThan(tolerance)
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('joins what plain loops join, and hands back their gradients', () => {
    const cases = fc.record({ ...sizes, exclusive: fc.boolean(), strength: fc.constantFrom(0.25, 0.7, 1) })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, exclusive, strength: drawnStrength }) => {
        bench.reset()
        const strength = Math.fround(drawnStrength)
        const stream = randomStream(seed, 'gated add')
        const normal = (): PlainTensor => plainNormal([batch, side, side, channels], stream)
        const [f, s, dy] = [normal(), normal(), normal()]
        const g = plainOf(
          f.shape,
          normal().values.map((value) => Math.fround(1 / (1 + Math.exp(-value)))),
        )
        const program = bench.begin()
        const { builder } = program
        const [residual, shortcut, gate, gradient] = [f, s, g, dy].map((tensor) => program.input(tensor))
        if (residual === undefined || shortcut === undefined || gate === undefined || gradient === undefined)
          throw new Error('There are four.')
        const [output, gateGradient, shortcutGradient] = [0, 1, 2].map(() =>
          program.output(side, channelLayout(channels)),
        )
        if (output === undefined || gateGradient === undefined || shortcutGradient === undefined)
          throw new Error('There are three.')
        const settings = {
          ...output.shape,
          strength: bench.floats([strength]),
          exclusive: exclusive ? 1 : 0,
        }
        builder.beginPhase(PhaseKind.images)
        builder.emit(Opcode.gatedAdd, GatedAdd, { residual, shortcut, gate, output, ...settings })
        builder.emit(Opcode.gatedAddGradient, GatedAddGradient, {
          gradient,
          residual,
          shortcut,
          gate,
          gateGradient,
          shortcutGradient,
          ...settings,
        })
        program.run(batch)
        const of = (value: (dyAt: number, fAt: number, sAt: number, gAt: number) => number): Float64Array =>
          dy.values.map((dyAt, i) =>
            value(dyAt, valueAt(f.values, i), valueAt(s.values, i), valueAt(g.values, i)),
          )
        const joined = plainGatedAdd(f, s, g, strength, exclusive)
        expect(error(program.read(output).values, joined.values)).toBeLessThan(tolerance)
        const ofShortcut = of((dyAt, _, __, gAt) => dyAt * strength * (1 - gAt))
        expect(error(program.read(shortcutGradient).values, ofShortcut)).toBeLessThan(tolerance)
        const ofGate = of((dyAt, fAt, sAt) => -dyAt * strength * (exclusive ? sAt - fAt : sAt))
        expect(error(program.read(gateGradient).values, ofGate)).toBeLessThan(tolerance)
        const ofResidual = of((dyAt, _, __, gAt) => (exclusive ? dyAt * (1 + strength * (gAt - 1)) : dyAt))
        expect(error(program.read(gradient).values, ofResidual)).toBeLessThan(tolerance)
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('opens by 1/(1 + e⁻ˣ), to four units of the last place', () => {
    const [side, channels] = [64, 40]
    const stream = randomStream(1, 'sigmoid')
    // From all but closed to all but open.
    const x = plainNormal([1, side, side, channels], stream)
    x.values.forEach((_, i) => {
      x.values[i] = Math.fround(-60 + (140 * i) / x.values.length + 1e-3 * stream.normal())
    })
    const opened = openGate(x)
    const off = x.values.map((value, i) => unitsApart(valueAt(opened, i), 1 / (1 + Math.exp(-value))))
    expect(off.reduce((most, value) => Math.max(most, value), 0)).toBeLessThanOrEqual(4)
  })

  it('is never quite closed, and broken by what is no number', () => {
    const x = plainOf([1, 2, 2, 1], [-1e4, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN])
    const [low = 0, lower, high, broken] = openGate(x)
    expect(low).toBeGreaterThan(1e-27)
    expect(low).toBeLessThan(1e-25)
    expect(lower).toBe(low)
    expect(high).toBe(1)
    expect(broken).toBeNaN()
  })
})

/** What a gate without bias makes of values. */
const openGate = (x: PlainTensor): Float64Array => {
  const [batch = 1, side = 1, , channels = 1] = x.shape
  bench.reset()
  const program = bench.begin()
  const [input, output] = [program.input(x), program.output(side, channelLayout(channels))]
  program.builder.beginPhase(PhaseKind.images)
  program.builder.emit(Opcode.gate, Gate, {
    input,
    output,
    side,
    channels: output.shape.channels,
    bias: bench.floats(new Float32Array(output.shape.channels)),
  })
  program.run(batch)
  return program.read(output, 'any').values
}

/** Units of the last place of float32 between two numbers that are both positive. */
const unitsApart = (a: number, b: number): number => {
  const [x = 0, y = 0] = new Int32Array(Float32Array.of(a, b).buffer)
  return Math.abs(x - y)
}

describe('a multiplier', () => {
  it('and the gradients of its input and its factor are what plain loops give', () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ seed, batch, side, channels }) => {
        bench.reset()
        const stream = randomStream(seed, 'multiplier')
        const [x, dy] = [0, 1].map(() => plainNormal([batch, side, side, channels], stream)) as [
          PlainTensor,
          PlainTensor,
        ]
        const by = Math.fround(stream.normal())
        const program = bench.begin()
        const { builder } = program
        const [input, gradient] = [program.input(x), program.input(dy)]
        const output = program.output(side, channelLayout(channels))
        const settings = { side, channels: output.shape.channels, factor: bench.floats([by]) }
        const ofFactor = bench.slices(4)
        builder.beginPhase(PhaseKind.images)
        builder.emit(Opcode.multiplier, Multiplier, { input, output, ...settings })
        builder.emit(Opcode.multiplierGradient, MultiplierGradient, {
          gradient,
          input,
          ...settings,
          factorGradient: ofFactor.address,
          sliceBytes: ofFactor.sliceBytes,
        })
        program.run(batch)
        const scaled = (tensor: PlainTensor): Float64Array => tensor.values.map((value) => by * value)
        expect(error(program.read(output).values, scaled(x))).toBeLessThan(tolerance)
        expect(error(program.read(gradient).values, scaled(dy))).toBeLessThan(tolerance)
        const products = x.values.map((value, i) => value * valueAt(dy.values, i))
        const [sum = Number.NaN] = ofFactor.sum()
        const size = Math.hypot(...products)
        expect(Math.abs(sum - products.reduce((total, value) => total + value, 0)) / size).toBeLessThan(
          tolerance,
        )
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('dropout', () => {
  it('drops bit for bit what the domain says, in place or not', () => {
    const cases = fc.record({
      ...sizes,
      key: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      block: fc.nat({ max: 200 }),
      rate: fc.constantFrom(0, 0.1, 0.3, 0.5, 0.9),
      inPlace: fc.boolean(),
    })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, key, block, rate, inPlace }) => {
        bench.reset()
        const x = plainNormal([batch, side, side, channels], randomStream(seed, 'dropout'))
        const program = bench.begin()
        const input = program.input(x)
        const output = inPlace ? input : program.output(side, channelLayout(channels))
        bench.writeIntegers(bench.control() + Control.dropoutKey * 4, [key | 0])
        program.builder.beginPhase(PhaseKind.images)
        program.builder.emit(Opcode.dropout, Dropout, {
          input,
          output,
          side,
          networkChannels: channels,
          channels: output.shape.channels,
          block,
          droppedBelow: Math.floor(rate * 2 ** 32) | 0,
          kept: bench.floats([1 / (1 - rate)]),
        })
        program.run(batch)
        const mask = dropoutMask(key, block, x.values.length, rate)
        const expected = x.values.map((value, i) => Math.fround(value * valueAt(mask, i)))
        expect(error(program.read(output).values, expected)).toBe(0)
      }),
      { numRuns: 80, seed: 1 },
    )
  })
})
