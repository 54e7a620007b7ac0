import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from './networkPlan.ts'
import { type NetworkSpec, type ShortcutType, shortcutTypes } from './networkSpec.ts'
import { parametersOf, sizeOf, statisticsOf } from './parameters.ts'
import { planLayers } from './planLayers.ts'

const small: NetworkSpec = {
  shortcut: 'none',
  blocksPerStage: 1,
  width: 4,
  imageSize: 12,
  channels: 3,
  classes: 5,
}
const planOf = (change: Partial<NetworkSpec>) => planLayers({ ...small, ...change })
const convolutions = (operations: readonly Operation[]) => operations.filter((one) => one.kind === 'conv')

const anySpec: fc.Arbitrary<NetworkSpec> = fc.record({
  shortcut: fc.constantFrom(...shortcutTypes),
  blocksPerStage: fc.integer({ min: 1, max: 12 }),
  width: fc.constantFrom(4, 8, 16),
  imageSize: fc.integer({ min: 4, max: 33 }),
  channels: fc.integer({ min: 1, max: 4 }),
  classes: fc.integer({ min: 2, max: 12 }),
})

/** Shapes of all trainable tensors, as the reference program's fixtures name them. */
const fixtureShapes = (path: string): Record<string, readonly number[]> => {
  const file = readFileSync(path)
  const header: unknown = JSON.parse(file.toString('utf8', 8, 8 + Number(file.readBigUInt64LE(0))))
  const shapes: Record<string, readonly number[]> = {}
  for (const [name, tensor] of Object.entries(header as Record<string, { shape: number[] }>))
    if (name.startsWith('init.')) shapes[name.slice('init.'.length)] = tensor.shape
  return shapes
}

describe('planLayers', () => {
  const fixtures: readonly [string, ShortcutType, number, number][] = [
    ['plain', 'none', 1, 4921],
    ['shortcut-a', 'A', 1, 4921],
    ['shortcut-b', 'B', 1, 5129],
    ['shortcut-c', 'C', 1, 5153],
    ['plain-deep', 'none', 3, 17241],
    ['shortcut-a-deep', 'A', 3, 17241],
  ]
  it.each(fixtures)('counts the parameters of the fixture %s', (_, shortcut, blocksPerStage, count) => {
    const parameters = parametersOf(planOf({ shortcut, blocksPerStage }))
    expect(parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(count)
  })
  const oracle = '../shared/oracle'
  describe.skipIf(!existsSync(oracle))(`in ${oracle} (skipped where it is absent)`, () => {
    it.each(fixtures)('names and shapes every tensor as %s does', (name, shortcut, blocksPerStage) => {
      const parameters = parametersOf(planOf({ shortcut, blocksPerStage }))
      expect(Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.shape]))).toEqual(
        fixtureShapes(`${oracle}/${name}.safetensors`),
      )
    })
  })

  it('halves odd sides upwards, as a padded convolution does', () => {
    const sides = (imageSize: number) => planOf({ imageSize }).blocks.map(({ outputSide }) => outputSide)
    expect(sides(16)).toEqual([16, 8, 4])
    expect(sides(12)).toEqual([12, 6, 3])
    expect(sides(7)).toEqual([7, 4, 2])
    expect(sides(33)).toEqual([33, 17, 9])
  })

  it('puts each kind of shortcut where the paper has it', () => {
    const paths = (shortcut: ShortcutType) =>
      planOf({ shortcut, blocksPerStage: 2 }).blocks.map(({ shortcutPath }) => shortcutPath)
    expect(paths('none')).toEqual(Array(6).fill('none'))
    expect(paths('A')).toEqual([
      'identity',
      'identity',
      'subsample-pad',
      'identity',
      'subsample-pad',
      'identity',
    ])
    expect(paths('B')).toEqual(['identity', 'identity', 'projection', 'identity', 'projection', 'identity'])
    expect(paths('C')).toEqual(Array(6).fill('projection'))
  })

  it('has as many weighted layers on its main path as its depth says', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { operations, depth, blocks } = planLayers(spec)
        const mainPath = convolutions(operations).filter(({ kernelSize }) => kernelSize === 3)
        expect(mainPath.length + 1).toBe(depth)
        expect(depth).toBe(6 * spec.blocksPerStage + 2)
        expect(blocks.map(({ index }) => index)).toEqual(blocks.map((_, i) => i))
      }),
    )
  })

  it('writes every activation once, reads only what is written, and hands on fitting shapes', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const shapes = new Map([['input', [spec.imageSize, spec.channels]]])
        const expectShape = (name: string, side: number, channels: number) =>
          expect(shapes.get(name)).toEqual([side, channels])
        for (const operation of planLayers(spec).operations) {
          expect(shapes.has(operation.output)).toBe(false)
          switch (operation.kind) {
            case 'conv':
            case 'subsample-pad':
              expectShape(operation.input, operation.inputSide, operation.inputChannels)
              shapes.set(operation.output, [operation.outputSide, operation.outputChannels])
              break
            case 'norm':
            case 'relu':
              expectShape(operation.input, operation.side, operation.channels)
              shapes.set(operation.output, [operation.side, operation.channels])
              break
            case 'add':
              expectShape(operation.residual, operation.side, operation.channels)
              expectShape(operation.shortcut, operation.side, operation.channels)
              shapes.set(operation.output, [operation.side, operation.channels])
              break
            case 'pool':
              expectShape(operation.input, operation.side, operation.channels)
              shapes.set(operation.output, [1, operation.channels])
              break
            case 'dense':
              expectShape(operation.input, 1, operation.inputChannels)
              shapes.set(operation.output, [1, operation.outputChannels])
              break
            default:
              operation satisfies never
          }
        }
        expect(shapes.get('logits')).toEqual([1, spec.classes])
      }),
    )
  })

  it('has a running mean and variance for every normalisation', () => {
    const plan = planOf({ shortcut: 'C' })
    const norms = plan.operations.filter(({ kind }) => kind === 'norm')
    expect(statisticsOf(plan)).toHaveLength(norms.length)
    expect(statisticsOf(plan)[0]).toEqual({ name: 'stem.bn', channels: 4 })
  })
})
