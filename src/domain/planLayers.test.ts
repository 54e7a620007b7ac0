import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf, isAddition, type Operation } from './networkPlan.ts'
import { activationOrders, depthOf, evenBlocks, type NetworkSpec, type ShortcutType } from './networkSpec.ts'
import { parametersOf, sizeOf, statisticsOf } from './parameters.ts'
import { planLayers } from './planLayers.ts'
import { choicesOfSpec, chosenSpec, smallSpec } from './testing/anyNetworkSpec.ts'

const planOf = (change: Partial<NetworkSpec>) => planLayers({ ...smallSpec, ...change })
const convolutions = (operations: readonly Operation[]) => operations.filter((one) => one.kind === 'conv')
const countOf = (change: Partial<NetworkSpec>): number =>
  parametersOf(planOf(change)).reduce((sum, { shape }) => sum + sizeOf(shape), 0)

const anySpec = fc.array(fc.nat(), { minLength: choicesOfSpec, maxLength: choicesOfSpec }).map(chosenSpec)

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
  const three = [3, 3, 3]
  const two = [2, 2, 2]
  const fixtures: readonly [string, Partial<NetworkSpec>, number][] = [
    ['plain', {}, 4921],
    ['plain-deep', { blocksPerStage: three }, 17241],
    ['shortcut-a', { shortcut: 'A' }, 4921],
    ['shortcut-a-deep', { shortcut: 'A', blocksPerStage: three }, 17241],
    ['toggle-off', { shortcut: 'A', blocksPerStage: two }, 11081],
    ['toggle-on', { shortcut: 'A', blocksPerStage: two }, 11081],
    ['shortcut-b', { shortcut: 'B' }, 5129],
    ['shortcut-c', { shortcut: 'C' }, 5153],
    ['scaled', { shortcut: 'scaled' }, 4921],
    ['exclusive-gate', { shortcut: 'exclusive-gate' }, 5125],
    ['shortcut-gate', { shortcut: 'shortcut-gate' }, 5125],
    ['dropout-eval', { shortcut: 'dropout' }, 4921],
    ['bn-after-add-a', { shortcut: 'A', order: 'bn-after-add' }, 4921],
    ['relu-before-add-a', { shortcut: 'A', order: 'relu-before-add' }, 4921],
    ['relu-only-preact-a', { shortcut: 'A', order: 'relu-only-preact' }, 4921],
    ['full-preact-plain', { order: 'full-preact' }, 4921],
    ['full-preact-a', { shortcut: 'A', order: 'full-preact' }, 4921],
    ['full-preact-b', { shortcut: 'B', order: 'full-preact' }, 5081],
    ['bottleneck-a', { shortcut: 'A', block: 'bottleneck' }, 5801],
    ['bottleneck-b', { shortcut: 'B', block: 'bottleneck' }, 8649],
    ['resnext-b', { shortcut: 'B', block: 'resnext', cardinality: 4, groupWidth: 2 }, 10761],
  ]
  it.each(fixtures)('counts the parameters of the fixture %s', (_, change, count) => {
    expect(countOf(change)).toBe(count)
  })
  const oracle = '../shared/oracle'
  describe.skipIf(!existsSync(oracle))(`in ${oracle} (skipped where it is absent)`, () => {
    it.each(fixtures)('names and shapes every tensor as %s does', (name, change) => {
      const parameters = parametersOf(planOf(change))
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
    expect(sides(1)).toEqual([1, 1, 1])
  })

  it('puts each kind of shortcut where the paper has it', () => {
    const paths = (shortcut: ShortcutType, change: Partial<NetworkSpec> = {}) =>
      planOf({ shortcut, blocksPerStage: two, ...change }).blocks.map(({ shortcutPath }) => shortcutPath)
    const padded = ['identity', 'identity', 'subsample-pad', 'identity', 'subsample-pad', 'identity']
    expect(paths('none')).toEqual(Array(6).fill('none'))
    for (const shortcut of ['A', 'scaled', 'exclusive-gate', 'shortcut-gate', 'dropout'] as const)
      expect(paths(shortcut)).toEqual(padded)
    expect(paths('B')).toEqual(['identity', 'identity', 'projection', 'identity', 'projection', 'identity'])
    expect(paths('C')).toEqual(Array(6).fill('projection'))
    // A three-layer block has four times the channels at its end, so the first one changes the dimensions too.
    expect(paths('A', { block: 'bottleneck' })).toEqual(['subsample-pad', ...padded.slice(1)])
    expect(paths('B', { block: 'resnext' })[0]).toBe('projection')
  })

  it('has as many weighted layers on its main path as its depth says', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const { operations, depth, blocks } = planLayers(spec)
        const mainPath = convolutions(operations).filter(({ name }) => !/\.(projection|gate)\./.test(name))
        expect(mainPath.length + 1).toBe(depth)
        expect(depth).toBe(depthOf(spec.block, spec.blocksPerStage))
        expect(blocks.map(({ index }) => index)).toEqual(blocks.map((_, i) => i))
        expect(blocks).toHaveLength(spec.blocksPerStage.reduce((sum, count) => sum + count, 0))
      }),
    )
    expect(planOf({ blocksPerStage: evenBlocks('basic', 32) }).depth).toBe(32)
    expect(planOf({ block: 'bottleneck', blocksPerStage: evenBlocks('bottleneck', 164) }).depth).toBe(164)
  })

  it('writes every activation once, reads only what is written, and hands on fitting shapes', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const shapes = new Map<string, readonly number[]>([['input', [spec.imageSize, spec.channels]]])
        const { operations } = planLayers(spec)
        for (const operation of operations) {
          expect(shapes.has(operation.output)).toBe(false)
          const { reads, writes } = shapesOf(operation)
          for (const input of inputsOf(operation)) expect(shapes.get(input), operation.output).toEqual(reads)
          shapes.set(operation.output, writes)
        }
        expect(shapes.get('logits')).toEqual([1, spec.classes])
        // Nothing is computed in vain: only the logits are read by nobody.
        const read = new Set(operations.flatMap(inputsOf))
        expect([...shapes.keys()].filter((name) => !read.has(name))).toEqual(['logits'])
      }),
      { numRuns: 300 },
    )
  })

  it('gives every group of a convolution its own input channels, as many in each', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        for (const { groups, inputChannels, outputChannels } of convolutions(planLayers(spec).operations)) {
          expect(inputChannels % groups).toBe(0)
          expect(outputChannels % groups).toBe(0)
        }
      }),
    )
  })

  it('is the plain network, operation for operation, where what serves the shortcut is left out', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plain = planLayers({ ...spec, shortcut: 'none' }).operations
        expect(withoutShortcuts(planLayers(spec).operations)).toEqual(plain)
      }),
    )
  })

  it('is one chain of layers in every order where no shortcut is', () => {
    const chainOf = (spec: NetworkSpec): readonly string[] => {
      const links = planLayers(spec).operations.map((operation) =>
        operation.kind === 'relu' ? 'relu' : JSON.stringify([operation.kind, ...shapesOf(operation).writes]),
      )
      // The ReLU of a ReLU is that ReLU.
      return links.filter((link, i) => link !== 'relu' || links[i - 1] !== 'relu')
    }
    fc.assert(
      fc.property(anySpec, (spec) => {
        const plain: NetworkSpec = { ...spec, shortcut: 'none', stem: 'small', initialisation: 'he' }
        const chains = activationOrders.map((order) => chainOf({ ...plain, order }))
        for (const chain of chains) expect(chain).toEqual(chains[0])
      }),
    )
  })

  it('has shortcuts B exactly as A where no dimension changes', () => {
    const change = { blocksPerStage: [4], order: 'full-preact' } as const
    expect(planOf({ ...change, shortcut: 'B' }).operations).toEqual(
      planOf({ ...change, shortcut: 'A' }).operations,
    )
  })

  it('has a running mean and variance for every normalisation', () => {
    const plan = planOf({ shortcut: 'C' })
    const norms = plan.operations.filter(({ kind }) => kind === 'norm')
    expect(statisticsOf(plan)).toHaveLength(norms.length)
    expect(statisticsOf(plan)[0]).toEqual({ name: 'stem.bn', channels: 4 })
    expect(statisticsOf(planOf({ shortcut: 'C', batchNorm: false }))).toEqual([])
  })
})

describe('parameters counted by hand', () => {
  const { width: w, channels: c, classes } = smallSpec
  const around = (features: number): number => 9 * c * w + 2 * w + features * classes + classes

  it('of basic blocks: two 3×3 and their batch norms', () => {
    const blocks = [w, 2 * w, 4 * w].map((m, stage) => 9 * (stage === 0 ? m : m / 2) * m + 9 * m * m + 4 * m)
    expect(countOf({})).toBe(around(4 * w) + sum(blocks))
  })
  it('of bottlenecks: 1×1, 3×3, 1×1', () => {
    const blocks = [w, 2 * w, 4 * w].map((m, stage) => {
      const input = stage === 0 ? w : 2 * m
      return input * m + 9 * m * m + m * 4 * m + 2 * (m + m + 4 * m)
    })
    expect(countOf({ block: 'bottleneck' })).toBe(around(16 * w) + sum(blocks))
  })
  it('of ResNeXt blocks: a 3×3 whose groups see only their own channels', () => {
    const [cardinality, groupWidth] = [3, 2]
    const blocks = [0, 1, 2].map((stage) => {
      const width = groupWidth * 2 ** stage
      const m = cardinality * width
      const output = 4 * w * 2 ** stage
      const input = stage === 0 ? w : output / 2
      return input * m + cardinality * 9 * width * width + m * output + 2 * (m + m + output)
    })
    expect(countOf({ block: 'resnext', cardinality, groupWidth })).toBe(around(16 * w) + sum(blocks))
  })

  it('of everything that a choice brings along', () => {
    const kinds: readonly Partial<NetworkSpec>[] = [{}, { block: 'bottleneck' }, { block: 'resnext' }]
    for (const kind of kinds) {
      const { blocks, operations } = planOf(kind)
      const plain = countOf(kind)
      const gates = sum(blocks.map((block) => (block.inputChannels + 1) * block.outputChannels))
      expect(countOf({ ...kind, shortcut: 'exclusive-gate' })).toBe(plain + gates)
      expect(countOf({ ...kind, shortcut: 'shortcut-gate' })).toBe(plain + gates)
      expect(countOf({ ...kind, shortcut: 'A', initialisation: 'skipinit' })).toBe(plain + blocks.length)
      expect(countOf({ ...kind, shortcut: 'A', initialisation: 'zero-gamma' })).toBe(plain)
      const ofBlocks = convolutions(operations).filter(({ block }) => block !== null)
      const scales = sum(ofBlocks.map(({ outputChannels }) => 2 * outputChannels))
      expect(countOf({ ...kind, initialisation: 'dirac' })).toBe(plain + scales)
      expect(countOf({ ...kind, batchNorm: false })).toBe(plain - scales - 2 * w)
      for (const shortcut of ['A', 'scaled', 'dropout'] as const)
        expect(countOf({ ...kind, shortcut })).toBe(plain)
    }
  })
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Side and channels of what an operation reads, each of its inputs, and of what it writes. */
const shapesOf = (
  operation: Operation,
): { readonly reads: readonly number[]; readonly writes: readonly number[] } => {
  switch (operation.kind) {
    case 'conv':
    case 'subsample-pad':
      return {
        reads: [operation.inputSide, operation.inputChannels],
        writes: [operation.outputSide, operation.outputChannels],
      }
    case 'max-pool':
      return {
        reads: [operation.inputSide, operation.channels],
        writes: [operation.outputSide, operation.channels],
      }
    case 'norm':
    case 'relu':
    case 'multiplier':
    case 'gate':
    case 'dropout':
    case 'add':
    case 'gated-add': {
      const shape = [operation.side, operation.channels]
      return { reads: shape, writes: shape }
    }
    case 'pool':
      return { reads: [operation.side, operation.channels], writes: [1, operation.channels] }
    case 'dense':
      return { reads: [1, operation.inputChannels], writes: [1, operation.outputChannels] }
    default:
      return operation satisfies never
  }
}

/** The operations of F alone; who read a sum reads F. */
const withoutShortcuts = (operations: readonly Operation[]): readonly Operation[] => {
  const residuals = new Map<string, string>()
  return operations.flatMap((operation): readonly Operation[] => {
    if (isAddition(operation)) {
      residuals.set(operation.output, operation.residual)
      return []
    }
    if (/\.(shortcut|dropout|gate|gate\.conv|projection\.\w+)$/.test(operation.output)) return []
    return [{ ...operation, input: residuals.get(operation.input) ?? operation.input }]
  })
}
