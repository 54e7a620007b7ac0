import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainNormGradients } from '../testing/plainNormGradients.ts'
import { plainMoments, plainNorm } from '../testing/plainOps.ts'
import {
  GivenFactors,
  Mask,
  NormFactors,
  NormGradient,
  NormGradientFactors,
  NormKept,
  Opcode,
  PhaseKind,
  Slices,
  Statistics,
} from './assembly/instructionSet.ts'
import { channelLayout } from './channelLayout.ts'
import { loadEngine } from './loadEngine.ts'
import type { Activation } from './placeActivations.ts'
import { nothing } from './programBuilder.ts'
import { createKernelBench, type KernelRun } from './testing/kernelBench.ts'
import { paddedRow } from './testing/paddedRow.ts'

const bench = createKernelBench(await loadEngine(false))
const tolerance = 1e-5

const cases = fc.record({
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 9 }),
  side: fc.constantFrom(1, 2, 3, 5, 8, 13, 16),
  channels: fc.integer({ min: 1, max: 40 }),
  /** Far from zero, a variance from two large sums would lose its digits. */
  offset: fc.constantFrom(0, 30),
})

const error = (actual: ArrayLike<number>, { values }: PlainTensor, floor = 0): number =>
  relativeError({ name: '', actual, expected: values }, floor)

const largestOf = ({ values }: PlainTensor): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** A normalisation of x by the batch, and where it keeps what it needs. */
const emitNorm = (
  { builder }: KernelRun,
  input: Activation,
  gamma: PlainTensor,
  beta: PlainTensor,
  addresses: Partial<Record<'runningMean' | 'runningVariance' | 'batchMean' | 'batchVariance', number>> = {},
) => {
  const { side, channels } = input.shape
  const partials = bench.floats(new Float32Array(3 * Slices.count * channels).fill(Number.NaN))
  const kept = bench.floats(new Float32Array(NormKept.size * channels).fill(Number.NaN))
  const gammaAt = bench.floats(paddedRow(gamma))
  builder.beginPhase(PhaseKind.images)
  builder.emit(Opcode.statistics, Statistics, { input, side, channels, partials })
  builder.beginPhase(PhaseKind.images)
  builder.prepare(Opcode.normFactors, NormFactors, {
    partials,
    channels,
    area: side * side,
    gamma: gammaAt,
    beta: bench.floats(paddedRow(beta)),
    kept,
    runningMean: 0,
    runningVariance: 0,
    batchMean: 0,
    batchVariance: 0,
    ...addresses,
  })
  return { kept, gammaAt }
}

const drawn = ({
  seed,
  batch,
  side,
  channels,
  offset,
}: { [Name in 'seed' | 'batch' | 'side' | 'channels' | 'offset']: number }) => {
  const stream = randomStream(seed, 'norm')
  const centred = plainNormal([batch, side, side, channels], stream)
  return {
    stream,
    x: plainOf(
      centred.shape,
      centred.values.map((value) => Math.fround(value + offset)),
    ),
    gamma: plainNormal([channels], stream),
    beta: plainNormal([channels], stream),
  }
}

describe('batch normalisation', () => {
  it('has the factors, the moved statistics and those of the batch that plain loops give', () => {
    fc.assert(
      fc.property(cases, (sizes) => {
        bench.reset()
        const { channels, batch, side } = sizes
        const { stream, x, gamma, beta } = drawn(sizes)
        const [oldMean, oldVariance] = [plainNormal([channels], stream), plainNormal([channels], stream)]
        const [runningMean, runningVariance] = [
          bench.floats(paddedRow(oldMean)),
          bench.floats(paddedRow(oldVariance)),
        ]
        const [batchMean, batchVariance] = [bench.floats(paddedRow(beta)), bench.floats(paddedRow(beta))]
        const program = bench.begin()
        const input = program.input(x)
        const { kept } = emitNorm(program, input, gamma, beta, {
          runningMean,
          runningVariance,
          batchMean,
          batchVariance,
        })
        program.run(batch)

        const { mean, variance, unbiased } = plainMoments(x)
        const row = input.shape.channels
        const keptRow = (which: number): Float32Array => bench.readFloats(kept + which * row * 4, channels)
        const inverse = plainOf(
          [channels],
          variance.values.map((value) => 1 / Math.sqrt(value + 1e-5)),
        )
        const scale = plainOf(
          [channels],
          inverse.values.map((value, c) => value * valueAt(gamma.values, c)),
        )
        const shift = plainOf(
          [channels],
          scale.values.map((value, c) => valueAt(beta.values, c) - value * valueAt(mean.values, c)),
        )
        const moved = (old: PlainTensor, by: PlainTensor): PlainTensor =>
          plainOf(
            [channels],
            old.values.map((value, c) => 0.9 * value + 0.1 * valueAt(by.values, c)),
          )
        // A mean is as exact as the values are.
        const ofValues = largestOf(x)
        const isVaried = batch * side * side > 3
        // The variance of a few values may be nothing but what was lost of large ones.
        const floor = isVaried ? 0 : 1
        expect(error(keptRow(NormKept.mean), mean, ofValues)).toBeLessThan(tolerance)
        expect(error(bench.readFloats(batchMean, channels), mean, ofValues)).toBeLessThan(tolerance)
        expect(error(bench.readFloats(batchVariance, channels), unbiased, floor)).toBeLessThan(tolerance)
        expect(error(bench.readFloats(runningMean, channels), moved(oldMean, mean), ofValues)).toBeLessThan(
          tolerance,
        )
        expect(
          error(bench.readFloats(runningVariance, channels), moved(oldVariance, unbiased), floor),
        ).toBeLessThan(tolerance)
        if (!isVaried) return
        expect(error(keptRow(NormKept.inverseDeviation), inverse)).toBeLessThan(tolerance)
        expect(error(keptRow(NormKept.scale), scale)).toBeLessThan(tolerance)
        expect(error(keptRow(NormKept.shift), shift)).toBeLessThan(tolerance)
      }),
      { numRuns: 80, seed: 1 },
    )
  })

  it('by given statistics has the factors that plain loops give', () => {
    const stream = randomStream(1, 'given')
    const [gamma, beta, mean] = [
      plainNormal([6], stream),
      plainNormal([6], stream),
      plainNormal([6], stream),
    ] as const
    const variance = plainOf([6], [0, 0.25, 1, 4, 0.5, 9])
    bench.reset()
    const kept = bench.floats(new Float32Array(NormKept.size * 8))
    const program = bench.begin()
    program.builder.beginPhase(PhaseKind.images)
    program.builder.prepare(Opcode.givenFactors, GivenFactors, {
      channels: 8,
      gamma: bench.floats(paddedRow(gamma)),
      beta: bench.floats(paddedRow(beta)),
      kept,
      mean: bench.floats(paddedRow(mean)),
      variance: bench.floats(paddedRow(variance)),
    })
    program.run(1)
    const x = plainNormal([1, 1, 1, 6], stream)
    const [scale, shift] = [bench.readFloats(kept, 6), bench.readFloats(kept + 8 * 4, 6)]
    const actual = x.values.map((value, c) => value * valueAt(scale, c) + valueAt(shift, c))
    expect(error(actual, plainNorm(x, gamma, beta, mean, variance))).toBeLessThan(tolerance)
  })

  it('has the gradients that plain loops give, with and without a ReLU behind it, in place or not', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), fc.boolean(), (sizes, relu, inPlace) => {
        fc.pre(sizes.batch * sizes.side * sizes.side > 3)
        bench.reset()
        const { batch, side, channels } = sizes
        const { stream, x, gamma, beta } = drawn(sizes)
        const [activation, dy] = [plainNormal(x.shape, stream), plainNormal(x.shape, stream)]
        const [factor, viewFactor] = [Math.fround(stream.normal()), Math.fround(stream.normal())]
        const row = channelLayout(channels).padded
        const program = bench.begin()
        const { builder } = program
        const [normalised, gradient] = [program.input(x), program.input(dy)]
        const { kept, gammaAt } = emitNorm(program, normalised, gamma, beta)
        const partials = bench.floats(new Float32Array(2 * Slices.count * row).fill(Number.NaN))
        const factors = bench.floats(new Float32Array(3 * row).fill(Number.NaN))
        const [ofGamma, ofBeta] = [bench.slices(row), bench.slices(row)]
        builder.emit(Opcode.mask, Mask, {
          gradient,
          activation: relu ? program.input(activation) : nothing,
          normalised,
          side,
          channels: row,
          kept,
          partials,
        })
        builder.beginPhase(PhaseKind.images)
        builder.prepare(Opcode.normGradientFactors, NormGradientFactors, {
          partials,
          channels: row,
          area: side * side,
          gamma: gammaAt,
          kept,
          factor: bench.floats([factor]),
          viewFactor: bench.floats([viewFactor]),
          gammaGradient: ofGamma.address,
          betaGradient: ofBeta.address,
          factors,
        })
        const output = inPlace ? gradient : program.output(side, channelLayout(channels))
        builder.emit(Opcode.normGradient, NormGradient, {
          gradient,
          normalised,
          output,
          side,
          channels: row,
          factors,
        })
        program.run(batch)

        const passed = dy.values.map((value, i) => (relu && valueAt(activation.values, i) <= 0 ? 0 : value))
        if (!inPlace) expect(error(program.read(gradient).values, plainOf(x.shape, passed))).toBe(0)
        const ofNorm = plainOf(
          x.shape,
          passed.map((value) => value * factor * viewFactor),
        )
        const expected = plainNormGradients(x, gamma, ofNorm)
        const largest = largestOf(ofNorm)
        expect(error(program.read(output).values, expected.input, largest / 10)).toBeLessThan(tolerance)
        expect(error(ofGamma.sum().slice(0, channels), expected.gamma, largest)).toBeLessThan(tolerance)
        expect(error(ofBeta.sum().slice(0, channels), expected.beta, largest)).toBeLessThan(tolerance)
      }),
      { numRuns: 120, seed: 1 },
    )
  })

  it('has gradients in plain loops that are those of finite differences', () => {
    const stream = randomStream(3, 'norm')
    const x = plainNormal([2, 3, 3, 2], stream)
    const [gamma, beta] = [plainNormal([2], stream), plainNormal([2], stream)] as const
    const gradient = plainNormal(x.shape, stream)
    const along = (movedX: PlainTensor, movedGamma: PlainTensor, movedBeta: PlainTensor): number => {
      const { mean, variance } = plainMoments(movedX)
      return plainNorm(movedX, movedGamma, movedBeta, mean, variance).values.reduce(
        (sum, value, i) => sum + value * valueAt(gradient.values, i),
        0,
      )
    }
    const { input, gamma: ofGamma, beta: ofBeta } = plainNormGradients(x, gamma, gradient)
    expect(
      error(
        input.values,
        numericGradient(x, (moved) => along(moved, gamma, beta)),
      ),
    ).toBeLessThan(1e-7)
    expect(
      error(
        ofGamma.values,
        numericGradient(gamma, (moved) => along(x, moved, beta)),
      ),
    ).toBeLessThan(1e-7)
    expect(
      error(
        ofBeta.values,
        numericGradient(beta, (moved) => along(x, gamma, moved)),
      ),
    ).toBeLessThan(1e-7)
  })
})
