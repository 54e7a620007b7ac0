import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { type PlainTensor, plainNormal, plainOf, valueAt } from '../testing/PlainTensor.ts'
import { plainLossGradient } from '../testing/plainBackward.ts'
import { plainDense, plainLossAndError, plainPool } from '../testing/plainOps.ts'
import { Control, Head, Opcode, PhaseKind, Slices } from './assembly/instructionSet.ts'
import { channelLayout, roundUp } from './channelLayout.ts'
import { loadEngine } from './loadEngine.ts'
import { nothing } from './programBuilder.ts'
import { createKernelBench } from './testing/kernelBench.ts'

const bench = createKernelBench(await loadEngine(false))
const tolerance = 1e-5

const error = (actual: ArrayLike<number>, expected: ArrayLike<number>): number =>
  relativeError({ name: '', actual, expected })

/** The rows of a matrix, each filled up with zeros to `rowFloats`; and back. */
const spread = ({ values }: PlainTensor, columns: number, rowFloats: number): Float64Array => {
  const rows = new Float64Array((values.length / columns) * rowFloats)
  values.forEach((value, i) => {
    rows[Math.floor(i / columns) * rowFloats + (i % columns)] = value
  })
  return rows
}
const gathered = (rows: ArrayLike<number>, count: number, columns: number, rowFloats: number): Float64Array =>
  Float64Array.from({ length: count * columns }, (_, i) =>
    valueAt(rows, Math.floor(i / columns) * rowFloats + (i % columns)),
  )

interface HeadData {
  readonly x: PlainTensor
  readonly kernel: PlainTensor
  readonly bias: PlainTensor
  readonly labels: readonly number[]
}

const runHead = ({ x, kernel, bias, labels }: HeadData, isTraining = true) => {
  bench.reset()
  const [batch = 1, side = 1, , channels = 1] = x.shape
  const classes = bias.values.length
  const rowFloats = roundUp(classes, 4)
  const program = bench.begin()
  const input = program.input(x)
  const padded = input.shape.channels
  const gradient = isTraining ? program.output(side, channelLayout(channels)) : null
  // Kernel and bias lie in one vector, as all parameters do.
  const kernelFloats = padded * rowFloats
  const sums = bench.slices(kernelFloats + rowFloats)
  const logits = bench.floats(new Float32Array(batch * rowFloats).fill(Number.NaN))
  const scratchFloats = 2 * padded + rowFloats
  program.builder.beginPhase(PhaseKind.images)
  program.builder.emit(Opcode.head, Head, {
    input,
    gradient: gradient ?? nothing,
    side,
    channels: padded,
    classes,
    rowFloats,
    kernel: bench.floats([
      ...spread(kernel, classes, rowFloats),
      ...new Float64Array((padded - channels) * rowFloats),
    ]),
    bias: bench.floats(spread(bias, classes, rowFloats)),
    labels: bench.integers(labels),
    logits,
    scratch: bench.floats(new Float32Array(scratchFloats).fill(Number.NaN)),
    scratchBytes: scratchFloats * 4,
    kernelGradient: sums.address,
    biasGradient: sums.address + kernelFloats * 4,
    sliceBytes: sums.sliceBytes,
  })
  program.run(batch)
  const measured = bench.readDoubles(bench.control() + Control.measured * 4, 2 * Slices.count)
  return {
    logits: gathered(bench.readFloats(logits, batch * rowFloats), batch, classes, rowFloats),
    loss: measured.filter((_, i) => i % 2 === 0).reduce((total, value) => total + value, 0),
    right: measured.filter((_, i) => i % 2 === 1).reduce((total, value) => total + value, 0),
    gradient: () => (gradient === null ? [] : program.read(gradient).values),
    ofKernel: gathered(sums.sum(), channels, classes, rowFloats),
    ofBias: sums.sum().slice(kernelFloats, kernelFloats + classes),
  }
}

describe('the end of a network', () => {
  it('has the logits, the loss, the error and the gradients of plain loops', () => {
    const cases = fc.record({
      seed: fc.nat(),
      batch: fc.integer({ min: 1, max: 9 }),
      side: fc.constantFrom(1, 2, 3, 4, 7, 8, 13),
      channels: fc.integer({ min: 1, max: 70 }),
      classes: fc.integer({ min: 2, max: 100 }),
      isTraining: fc.boolean(),
    })
    fc.assert(
      fc.property(cases, ({ seed, batch, side, channels, classes, isTraining }) => {
        const stream = randomStream(seed, 'head')
        const data: HeadData = {
          x: plainNormal([batch, side, side, channels], stream),
          kernel: plainNormal([channels, classes], stream),
          bias: plainNormal([classes], stream),
          labels: Array.from({ length: batch }, () => stream.integer(classes)),
        }
        const actual = runHead(data, isTraining)

        const pooled = plainPool(data.x)
        const logits = plainDense(pooled, data.kernel, data.bias)
        const expected = plainLossAndError(logits, data.labels)
        expect(error(actual.logits, logits.values)).toBeLessThan(tolerance)
        expect(Math.abs(actual.loss / batch - expected.loss)).toBeLessThan(
          tolerance * Math.max(1, expected.loss),
        )
        expect(100 * (1 - actual.right / batch)).toBeCloseTo(expected.error, 9)
        if (!isTraining) {
          // What nobody asked for is left alone.
          expect(actual.ofKernel.every((value) => value === 0)).toBe(true)
          return
        }
        const ofLogits = plainLossGradient(logits, data.labels)
        const ofBias = new Float64Array(classes)
        const ofKernel = new Float64Array(channels * classes)
        const ofPooled = new Float64Array(batch * channels)
        for (let n = 0; n < batch; n++)
          for (let k = 0; k < classes; k++) {
            const g = valueAt(ofLogits.values, n * classes + k)
            ofBias[k] = valueAt(ofBias, k) + g
            for (let c = 0; c < channels; c++) {
              const at = c * classes + k
              ofKernel[at] = valueAt(ofKernel, at) + g * valueAt(pooled.values, n * channels + c)
              ofPooled[n * channels + c] =
                valueAt(ofPooled, n * channels + c) + g * valueAt(data.kernel.values, at)
            }
          }
        const ofInput = data.x.values.map((_, i) => {
          const image = Math.floor(i / (side * side * channels))
          return valueAt(ofPooled, image * channels + (i % channels)) / (side * side)
        })
        expect(error(actual.ofBias, ofBias)).toBeLessThan(tolerance)
        expect(error(actual.ofKernel, ofKernel)).toBeLessThan(tolerance)
        expect(error(actual.gradient(), ofInput)).toBeLessThan(tolerance)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  /** One image of one pixel of zeros, so that the bias is the logits. */
  const fromLogits = (logits: readonly number[], label: number) =>
    runHead({
      x: plainOf([1, 1, 1, 1], [0]),
      kernel: plainOf([1, logits.length], new Float64Array(logits.length)),
      bias: plainOf([logits.length], logits),
      labels: [label],
    })

  it('has powers of e to four units of the last place', () => {
    let most = 0
    for (let x = -41.5; x < -0.001; x += 0.0137) {
      const logit = Math.fround(x)
      const { ofBias } = fromLogits([0, logit, -80], 0)
      // Far below the largest the softmax is the power itself; nearer the sum and the quotient are rounded too.
      const expected = Math.exp(logit) / (1 + Math.exp(logit))
      const [a = 0, b = 0] = new Int32Array(Float32Array.of(valueAt(ofBias, 1), expected).buffer)
      most = Math.max(most, Math.abs(a - b))
    }
    expect(most).toBeLessThanOrEqual(4)
  })

  it('has a loss that is a number where logits are far apart, and none where they are no numbers', () => {
    const far = fromLogits([500, -500, 0, 2], 1)
    expect(far.loss).toBeCloseTo(1000, 3)
    expect([...far.ofBias]).toEqual([1, -1, 0, 0])
    for (const [logits, label] of [
      [[0, Number.NaN, 1], 0],
      [[Number.NaN, 0, 1], 2],
      [[0, Number.POSITIVE_INFINITY, 1], 1],
      [[0, 1, Number.NaN], 2],
    ] as const)
      expect(fromLogits(logits, label).loss, String(logits)).toBeNaN()
    expect(fromLogits([0, Number.NEGATIVE_INFINITY, 1], 1).loss).toBe(Number.POSITIVE_INFINITY)
  })

  it('counts the first of equal logits as the answer', () => {
    expect(fromLogits([1, 3, 3, 2], 1).right).toBe(1)
    expect(fromLogits([1, 3, 3, 2], 2).right).toBe(0)
  })

  it('has gradients of exactly 0 where they are negligible', () => {
    const { ofBias } = fromLogits([0, -42, -41, -80, -60], 0)
    expect(ofBias[1]).toBe(0)
    expect(ofBias[2]).toBeGreaterThan(2 ** -60)
    expect([...ofBias.slice(3)]).toEqual([0, 0])
  })
})
