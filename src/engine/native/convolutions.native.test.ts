import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../domain/random.ts'
import { relativeError } from '../parity/relativeError.ts'
import { numericGradient } from '../testing/numericGradient.ts'
import { type PlainTensor, plainNormal, valueAt } from '../testing/PlainTensor.ts'
import { plainConv, plainConvGradients } from '../testing/plainConv.ts'
import { plainDiracKernel } from '../testing/plainDirac.ts'
import { Dirac, DiracGradient, Opcode, PhaseKind } from './assembly/instructionSet.ts'
import { channelLayout } from './channelLayout.ts'
import { gradientAt } from './compileForward.ts'
import type { WinogradUse } from './convGeometry.ts'
import { emitConvolution, emitFilterGradient, emitInputGradient } from './convInstructions.ts'
import { diracFields } from './kernelInstructions.ts'
import { loadEngine } from './loadEngine.ts'
import { layoutOf } from './paddedLayout.ts'
import { type ConvCase, layOutConv } from './testing/convBench.ts'
import { createKernelBench } from './testing/kernelBench.ts'

const bench = createKernelBench(await loadEngine(false))
const tolerance = 1e-5

const direct = (): WinogradUse => ({ forward: false, inputGradient: false, filterGradient: false })

/** Wherever it can be: it takes output channels eight at a time. */
const transformed = ({ groupInputs, groupOutputs }: ConvCase): WinogradUse => {
  const takes = (channels: number): boolean => channelLayout(channels).padded % 8 === 0
  return {
    forward: takes(groupOutputs),
    inputGradient: takes(groupInputs),
    filterGradient: takes(groupOutputs),
  }
}

/** Products of one pass: so many that a plain loop takes a moment only. */
const productsOf = ({
  batch,
  side,
  stride,
  groups,
  groupInputs,
  groupOutputs,
  kernelSize,
}: ConvCase): number =>
  batch * Math.ceil(side / stride) ** 2 * kernelSize ** 2 * groups * groupInputs * groupOutputs

const isQuick = (sizes: ConvCase): boolean => productsOf(sizes) < 1.5e6

const alone = { groups: 1, groupsBefore: 1, groupsBehind: 1 }
const kernelsAndStrides = {
  kernelSize: fc.constantFrom<1 | 3>(1, 3, 3),
  stride: fc.constantFrom<1 | 2>(1, 1, 2),
}
const anyBatch = fc.integer({ min: 1, max: 9 })
const anyWidth = fc.integer({ min: 1, max: 40 })
const smallSide = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13)

const wide: fc.Arbitrary<ConvCase> = fc
  .record({
    batch: anyBatch,
    side: smallSide,
    groupInputs: anyWidth,
    groupOutputs: anyWidth,
    ...kernelsAndStrides,
  })
  .map((sizes) => ({ ...sizes, ...alone }))

const large: fc.Arbitrary<ConvCase> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    side: fc.constantFrom(16, 24, 31, 32, 33, 64),
    groupInputs: fc.integer({ min: 1, max: 9 }),
    groupOutputs: fc.integer({ min: 1, max: 9 }),
    ...kernelsAndStrides,
  })
  .map((sizes) => ({ ...sizes, ...alone }))

const grouped: fc.Arbitrary<ConvCase> = fc.record({
  batch: anyBatch,
  side: smallSide,
  groups: fc.integer({ min: 2, max: 8 }),
  groupInputs: fc.integer({ min: 1, max: 9 }),
  groupOutputs: fc.integer({ min: 1, max: 9 }),
  groupsBefore: fc.constant(1),
  groupsBehind: fc.constant(1),
  ...kernelsAndStrides,
})

/** The 1×1 convolutions of a ResNeXt block among them. */
const besideGrouped: fc.Arbitrary<ConvCase> = fc
  .record({
    batch: anyBatch,
    side: smallSide,
    groupsBefore: fc.integer({ min: 1, max: 4 }),
    groupsBehind: fc.integer({ min: 1, max: 4 }),
    inputsOfEach: fc.integer({ min: 1, max: 9 }),
    outputsOfEach: fc.integer({ min: 1, max: 9 }),
    ...kernelsAndStrides,
  })
  .map(({ inputsOfEach, outputsOfEach, ...sizes }) => ({
    ...sizes,
    groups: 1,
    groupInputs: sizes.groupsBefore * inputsOfEach,
    groupOutputs: sizes.groupsBehind * outputsOfEach,
  }))

const normalAll = (
  { batch, side, groups, groupInputs, groupOutputs, kernelSize, stride }: ConvCase,
  seed: number,
) => {
  const stream = randomStream(seed, 'conv')
  const outputSide = Math.ceil(side / stride)
  const outputs = groups * groupOutputs
  return {
    x: plainNormal([batch, side, side, groups * groupInputs], stream),
    kernel: plainNormal([kernelSize, kernelSize, groupInputs, outputs], stream),
    identity: plainNormal([outputs], stream),
    scale: plainNormal([outputs], stream),
    gradient: plainNormal([batch, outputSide, outputSide, outputs], stream),
  }
}

const worst = (actual: PlainTensor | undefined, expected: PlainTensor): number =>
  actual?.shape.join() === expected.shape.join()
    ? relativeError({ name: '', actual: actual.values, expected: expected.values })
    : Number.POSITIVE_INFINITY

/** How far the convolution and its two gradients are from plain loops. */
const errorsOf = (
  sizes: ConvCase,
  seed: number,
  usesWinograd?: WinogradUse,
): Readonly<Record<string, number>> => {
  bench.reset()
  const { x, kernel, gradient } = normalAll(sizes, seed)
  const { conv, layout, begin, run, readGradients } = layOutConv(
    bench,
    sizes,
    new Map([['conv', kernel]]),
    usesWinograd,
  )
  const program = begin()
  const input = program.input(x, layoutOf(layout.channels, 'x'))
  const output = program.output(conv.outputSide, layoutOf(layout.channels, 'y'))
  const ofOutput = program.input(gradient, layoutOf(layout.channels, 'y'))
  const ofInput = program.output(conv.inputSide, layoutOf(layout.channels, 'x'))
  program.builder.beginPhase(PhaseKind.images)
  emitConvolution(program.builder, layout, conv, input, output)
  emitFilterGradient(program.builder, layout, conv, input, ofOutput, gradientAt(layout, 'conv'))
  emitInputGradient(program.builder, layout, conv, ofOutput, ofInput)
  run(program)
  const expected = plainConvGradients(x, kernel, gradient, conv)
  return {
    output: worst(program.read(output), plainConv(x, kernel, conv)),
    ofInput: worst(program.read(ofInput), expected.input),
    ofKernel: worst(readGradients().get('conv'), expected.kernel),
  }
}

const expectPlain = (
  cases: fc.Arbitrary<ConvCase>,
  numRuns: number,
  usesWinograd?: (sizes: ConvCase) => WinogradUse,
): void => {
  fc.assert(
    fc.property(cases.filter(isQuick), fc.nat(), (sizes, seed) => {
      for (const [what, error] of Object.entries(errorsOf(sizes, seed, usesWinograd?.(sizes))))
        expect(error, what).toBeLessThan(tolerance)
    }),
    { numRuns, seed: 1 },
  )
}

describe('a convolution and both its gradients are what plain loops give', () => {
  it('with any number of channels', () => expectPlain(wide, 80, direct))

  it('on large images', () => expectPlain(large, 25, direct))

  it('in groups of any width', () => expectPlain(grouped, 60, direct))

  it('beside a grouped one, whose padding it shares', () => expectPlain(besideGrouped, 60, direct))

  it('computed as it is where it is trained', () => {
    expectPlain(fc.oneof(wide, grouped, besideGrouped), 60)
  })

  it('by the transformation of Winograd, odd sides and all', () => {
    const cases = fc
      .record({
        batch: anyBatch,
        side: fc.constantFrom(2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 33),
        groupInputs: anyWidth,
        groupOutputs: anyWidth,
      })
      .map((sizes): ConvCase => ({ ...sizes, ...alone, kernelSize: 3, stride: 1 }))
    expectPlain(cases, 80, transformed)
  })
})

describe('a Dirac kernel', () => {
  it('and the gradients of what it is made of are what plain loops and finite differences give', () => {
    const cases = fc
      .oneof(grouped, besideGrouped, wide)
      .filter((sizes) => isQuick(sizes) && productsOf({ ...sizes, batch: 1, side: 1 }) < 700)
    fc.assert(
      fc.property(cases, fc.nat(), (sizes, seed) => {
        bench.reset()
        const { x, kernel: weights, identity, scale, gradient } = normalAll(sizes, seed)
        const { groups } = sizes
        const parameters = new Map([
          ['conv', weights],
          ['conv.identity', identity],
          ['conv.scale', scale],
        ])
        const { conv, layout, begin, run, readGradients } = layOutConv(bench, sizes, parameters)
        const program = begin()
        const input = program.input(x, layoutOf(layout.channels, 'x'))
        const output = program.output(conv.outputSide, layoutOf(layout.channels, 'y'))
        const ofOutput = program.input(gradient, layoutOf(layout.channels, 'y'))
        program.builder.beginPhase(PhaseKind.images)
        emitConvolution(program.builder, layout, conv, input, output)
        emitFilterGradient(program.builder, layout, conv, input, ofOutput, gradientAt(layout, 'conv'))
        program.builder.beginPhase(PhaseKind.jobs)
        program.builder.emit(
          Opcode.diracGradient,
          { ...Dirac, ...DiracGradient },
          {
            ...diracFields(layout, conv),
            kernelGradient: gradientAt(layout, 'conv'),
            identityGradient: gradientAt(layout, 'conv.identity'),
            scaleGradient: gradientAt(layout, 'conv.scale'),
            sliceBytes: layout.sliceBytes,
          },
        )
        run(program)

        const kernel = plainDiracKernel(weights, identity, scale, groups)
        expect(worst(program.read(output), plainConv(x, kernel, conv))).toBeLessThan(tolerance)
        const ofKernel = plainConvGradients(x, kernel, gradient, conv).kernel
        const along = (moved: PlainTensor): number =>
          moved.values.reduce((sum, value, index) => sum + value * valueAt(ofKernel.values, index), 0)
        const numeric = new Map([
          [
            'conv',
            numericGradient(weights, (moved) => along(plainDiracKernel(moved, identity, scale, groups))),
          ],
          [
            'conv.identity',
            numericGradient(identity, (moved) => along(plainDiracKernel(weights, moved, scale, groups))),
          ],
          [
            'conv.scale',
            numericGradient(scale, (moved) => along(plainDiracKernel(weights, identity, moved, groups))),
          ],
        ])
        const gradients = readGradients()
        const largest = Math.max(...ofKernel.values.map(Math.abs))
        for (const [name, expected] of numeric) {
          const actual = gradients.get(name)?.values ?? []
          expect(relativeError({ name, actual, expected: expected.values }, largest), name).toBeLessThan(
            tolerance,
          )
        }
      }),
      { numRuns: 40, seed: 1 },
    )
  })
})
