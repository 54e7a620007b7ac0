import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainMoved } from '../testing/plainMoved.ts'
import { plainRelu, plainSubsamplePad } from '../testing/plainOps.ts'
import {
  Accumulate,
  Combine,
  LoadImages,
  Mask,
  Opcode,
  PhaseKind,
  Subsample,
} from './assembly/instructionSet.ts'
import { channelLayout } from './channelLayout.ts'
import { loadEngine } from './loadEngine.ts'
import { nothing } from './programBuilder.ts'
import { createKernelBench } from './testing/kernelBench.ts'
import { paddedRow } from './testing/paddedRow.ts'

const bench = createKernelBench(await loadEngine(false))
const tolerance = 1e-5

const sizes = {
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 9 }),
  side: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 13, 16),
  channels: fc.integer({ min: 1, max: 40 }),
}
const strides = fc.constantFrom<1 | 2>(1, 2)

const errorOf = (actual: PlainTensor, expected: PlainTensor): number =>
  actual.shape.join() === expected.shape.join()
    ? relativeError({ name: '', actual: actual.values, expected: expected.values })
    : Number.POSITIVE_INFINITY

describe('images', () => {
  it('are moved and mirrored as plain loops move them, with zeros in the channels of the padding', () => {
    const cases = fc.record({
      ...sizes,
      channels: fc.constantFrom(1, 2, 3, 4),
      count: fc.integer({ min: 1, max: 6 }),
    })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, count }) => {
        bench.reset()
        const stream = randomStream(seed, 'images')
        const drawn = (from: () => number): readonly number[] => Array.from({ length: batch }, from)
        const set = {
          images: Float32Array.from(plainNormal([count, side, side, channels], stream).values),
          labels: new Int32Array(count),
          count,
          side,
          channels,
        }
        const indices = Int32Array.from(drawn(() => stream.integer(count)))
        const augmentation = {
          rowShifts: Int8Array.from(drawn(() => stream.integer(9) - 4)),
          columnShifts: Int8Array.from(drawn(() => stream.integer(9) - 4)),
          flips: Uint8Array.from(drawn(() => stream.integer(2))),
        }
        const { rowShifts, columnShifts, flips } = augmentation
        const moves = bench.floats(new Float32Array(3 * batch))
        bench.writeBytes(
          moves,
          [...indices.keys()].flatMap((n) => [rowShifts, columnShifts, flips].map((of) => valueAt(of, n))),
        )
        const still = plainMoved(set, { indices, augmentation: null })
        const program = bench.begin()
        const output = program.output(side, channelLayout(channels))
        program.builder.beginPhase(PhaseKind.images)
        program.builder.emit(Opcode.loadImages, LoadImages, {
          output,
          staging: bench.floats(still),
          side,
          imageChannels: channels,
          channels: output.shape.channels,
          moves,
        })
        program.run(batch)
        const moved = plainMoved(set, { indices, augmentation })
        expect(errorOf(program.read(output), plainOf([batch, side, side, channels], moved))).toBe(0)
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('a normalisation, an addition and a ReLU', () => {
  it('in one pass are what plain loops give, with any of them left out', () => {
    const cases = fc.record({
      ...sizes,
      stride: strides,
      shortcutChannels: fc.integer({ min: 0, max: 40 }),
      relu: fc.boolean(),
      isOdd: fc.boolean(),
    })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, stride, shortcutChannels, relu, isOdd }) => {
        bench.reset()
        const stream = randomStream(seed, 'combine')
        const x = plainNormal([batch, side, side, channels], stream)
        const [scale, shift] = [plainNormal([channels], stream), plainNormal([channels], stream)]
        const [residualFactor, shortcutFactor] = [Math.fround(stream.normal()), Math.fround(stream.normal())]
        // Of both sides that a stride of 2 brings to this one.
        const wideSide = stride === 1 ? side : 2 * side - (isOdd ? 1 : 0)
        const carriedChannels = Math.min(shortcutChannels, channels)
        const carried =
          carriedChannels === 0 ? null : plainNormal([batch, wideSide, wideSide, carriedChannels], stream)
        const program = bench.begin()
        const input = program.input(x)
        const shortcut = carried === null ? nothing : program.input(carried)
        const output = program.output(side, channelLayout(channels))
        program.builder.beginPhase(PhaseKind.images)
        program.builder.emit(Opcode.combine, Combine, {
          input,
          output,
          shortcut,
          side,
          channels: output.shape.channels,
          kept: bench.floats([...paddedRow(scale), ...paddedRow(shift)]),
          residualFactor: bench.floats([residualFactor]),
          shortcutFactor: bench.floats([shortcutFactor]),
          shortcutChannels: shortcut === nothing ? 0 : shortcut.shape.channels,
          stride,
          relu: relu ? 1 : 0,
        })
        program.run(batch)

        const subsampled = carried === null ? null : plainSubsamplePad(carried, stride, channels)
        const sum = plainOf(
          x.shape,
          x.values.map((value, i) => {
            const normalised =
              value * valueAt(scale.values, i % channels) + valueAt(shift.values, i % channels)
            const more = subsampled === null ? 0 : shortcutFactor * valueAt(subsampled.values, i)
            return residualFactor * normalised + more
          }),
        )
        expect(errorOf(program.read(output), relu ? plainRelu(sum) : sum)).toBeLessThan(tolerance)
      }),
      { numRuns: 150, seed: 1 },
    )
  })
})

describe('a shortcut A', () => {
  it('alone is what plain loops give', () => {
    const cases = fc.record({ ...sizes, stride: strides, more: fc.integer({ min: 0, max: 20 }) })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, stride, more }) => {
        bench.reset()
        const x = plainNormal([batch, side, side, channels], randomStream(seed, 'subsample'))
        const outputSide = Math.ceil(side / stride)
        const program = bench.begin()
        const input = program.input(x)
        const output = program.output(outputSide, channelLayout(channels + more))
        program.builder.beginPhase(PhaseKind.images)
        program.builder.emit(Opcode.subsample, Subsample, {
          input,
          output,
          side: outputSide,
          inputChannels: input.shape.channels,
          outputChannels: output.shape.channels,
          stride,
        })
        program.run(batch)
        expect(errorOf(program.read(output), plainSubsamplePad(x, stride, channels + more))).toBe(0)
      }),
      { numRuns: 80, seed: 1 },
    )
  })

  it('hands back its gradient, and gradients add up, as plain loops do it', () => {
    const cases = fc.record({
      ...sizes,
      stride: strides,
      targetChannels: fc.integer({ min: 1, max: 40 }),
      adds: fc.boolean(),
    })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, targetChannels, stride, adds }) => {
        bench.reset()
        const stream = randomStream(seed, 'accumulate')
        const sourceSide = Math.ceil(side / stride)
        const x = plainNormal([batch, sourceSide, sourceSide, channels], stream)
        const old = plainNormal([batch, side, side, targetChannels], stream)
        const factor = Math.fround(stream.normal())
        const program = bench.begin()
        const [source, target] = [
          program.input(x),
          adds ? program.input(old) : program.output(side, channelLayout(targetChannels)),
        ]
        program.builder.beginPhase(PhaseKind.images)
        const both = Math.min(source.shape.channels, target.shape.channels)
        program.builder.emit(Opcode.accumulate, Accumulate, {
          target,
          source,
          side: sourceSide,
          channels: both,
          targetChannels: target.shape.channels,
          sourceChannels: source.shape.channels,
          factor: bench.floats([factor]),
          stride,
          adds: adds ? 1 : 0,
          targetSide: side,
        })
        program.run(batch)
        const expected = old.values.map((value, i) => {
          const channel = i % targetChannels
          const pixel = Math.floor(i / targetChannels)
          const [column, row, image] = [
            pixel % side,
            Math.floor(pixel / side) % side,
            Math.floor(pixel / side / side),
          ]
          const isReached = row % stride === 0 && column % stride === 0 && channel < channels
          const at = ((image * sourceSide + row / stride) * sourceSide + column / stride) * channels + channel
          return (adds ? value : 0) + (isReached ? factor * valueAt(x.values, at) : 0)
        })
        // Channels of the source that the target has none for may stand in its padding.
        const padding = channels > targetChannels ? 'any' : 'zero'
        expect(errorOf(program.read(target, padding), plainOf(old.shape, expected))).toBeLessThan(tolerance)
      }),
      { numRuns: 150, seed: 1 },
    )
  })
})

describe('the gradient of a ReLU', () => {
  it('passes where the activation is above 0, and what is negligible not at all', () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ seed, batch, side, channels }) => {
        bench.reset()
        const stream = randomStream(seed, 'mask')
        const dy = plainNormal([batch, side, side, channels], stream)
        // Some far below what matters, some just above.
        dy.values.forEach((value, i) => {
          dy.values[i] = Math.fround(i % 3 === 0 ? value : value * (i % 3 === 1 ? 1e-18 : 1e-25))
        })
        const y = plainRelu(plainNormal(dy.shape, stream))
        const program = bench.begin()
        const gradient = program.input(dy)
        program.builder.beginPhase(PhaseKind.images)
        program.builder.emit(Opcode.mask, Mask, {
          gradient,
          activation: program.input(y),
          normalised: nothing,
          side,
          channels: gradient.shape.channels,
          kept: 0,
          partials: 0,
        })
        program.run(batch)
        const expected = dy.values.map((value, i) =>
          valueAt(y.values, i) > 0 && Math.abs(value) >= 2 ** -60 ? value : 0,
        )
        expect(errorOf(program.read(gradient), plainOf(dy.shape, expected))).toBe(0)
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
