import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAddition, type Operation } from '../../domain/networkPlan.ts'
import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  type NetworkSpec,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { blockFormula } from './blockFormula.ts'

const base: NetworkSpec = {
  ...defaultOptions,
  shortcut: 'A',
  stem: 'small',
  blocksPerStage: [2, 1],
  width: 4,
  imageSize: 12,
  channels: 3,
  classes: 10,
}

/** The formula of one block; the first of stage 2 changes its dimensions. */
const formula = (change: Partial<NetworkSpec>, strength: number, index = 1): string => {
  const plan = planLayers({ ...base, ...change })
  const block = plan.blocks[index]
  if (block === undefined) throw new Error('no block')
  return blockFormula(plan.spec, block, strength)
}

describe('blockFormula', () => {
  it('writes what the block computes, as the papers do', () => {
    expect(formula({}, 0)).toBe('y = ReLU(F(x))')
    expect(formula({}, 1)).toBe('y = ReLU(F(x) + x)')
    expect(formula({}, 0.5)).toBe('y = ReLU(F(x) + 0.50 · x)')
    expect(formula({}, 1, 2)).toBe('y = ReLU(F(x) + pad(x))')
    expect(formula({ shortcut: 'B' }, 1, 2)).toBe('y = ReLU(F(x) + BN(Wx))')
    expect(formula({ order: 'bn-after-add' }, 1)).toBe('y = ReLU(BN(F(x) + x))')
    expect(formula({ order: 'full-preact' }, 1)).toBe('y = F(x) + x')
    expect(formula({ order: 'full-preact', shortcut: 'B' }, 1, 2)).toBe('y = F(x) + W · ReLU(BN(x))')
    expect(formula({ shortcut: 'scaled' }, 1)).toBe('y = ReLU(0.5 · F(x) + 0.5 · x)')
    expect(formula({ shortcut: 'scaled' }, 0.5)).toBe('y = ReLU(0.75 · F(x) + 0.25 · x)')
    expect(formula({ shortcut: 'shortcut-gate' }, 1)).toBe('y = ReLU(F(x) + (1 − g) · x)')
    expect(formula({ shortcut: 'exclusive-gate' }, 1)).toBe('y = ReLU(g · F(x) + (1 − g) · x)')
    expect(formula({ shortcut: 'exclusive-gate' }, 0.25)).toBe(
      'y = ReLU((0.75 + 0.25 · g) · F(x) + 0.25 · (1 − g) · x)',
    )
    expect(formula({ shortcut: 'dropout' }, 1, 2)).toBe('y = ReLU(F(x) + dropout(pad(x)))')
    expect(formula({ initialisation: 'skipinit' }, 1)).toBe('y = ReLU(α · F(x) + x)')
  })

  const x = 1.37
  const g = 0.29
  const alpha = 0.6
  const projection = -1.7
  const normed = (value: number) => 0.8 * value - 0.3
  const padded = (value: number) => 0.9 * value
  const dropped = (value: number) => 1.1 * value
  const rectified = (value: number) => Math.max(0, value)

  /** A block with one number for each activation: what the expansion computes, by the definitions of its operations. */
  const computed = (operations: readonly Operation[], strength: number): { y: number; residual: number } => {
    const values = new Map<string, number>()
    const activation = (name: string): number => values.get(name) ?? x
    let y = Number.NaN
    let residual: number | null = null
    const compute = (operation: Operation): number => {
      switch (operation.kind) {
        case 'conv':
          if (operation.name.endsWith('.projection.conv')) return projection * activation(operation.input)
          return 1.3 * activation(operation.input) + 0.4
        case 'norm':
          return normed(activation(operation.input))
        case 'relu':
          return rectified(activation(operation.input))
        case 'multiplier':
          residual = activation(operation.input)
          return alpha * residual
        case 'subsample-pad':
          return padded(activation(operation.input))
        case 'dropout':
          return dropped(activation(operation.input))
        case 'gate':
          return g
        case 'add': {
          const { residualScale, shortcutScale } = operation
          residual ??= activation(operation.residual)
          return (
            (1 + strength * (residualScale - 1)) * activation(operation.residual) +
            strength * shortcutScale * activation(operation.shortcut)
          )
        }
        case 'gated-add': {
          const gate = activation(operation.gate)
          residual ??= activation(operation.residual)
          const kept = operation.exclusive ? 1 + strength * (gate - 1) : 1
          return (
            kept * activation(operation.residual) + strength * (1 - gate) * activation(operation.shortcut)
          )
        }
        case 'max-pool':
        case 'pool':
        case 'dense':
          throw new Error('not in a block')
        default:
          return operation satisfies never
      }
    }
    for (const operation of operations) {
      y = compute(operation)
      values.set(operation.output, y)
    }
    return { y, residual: residual ?? Number.NaN }
  }

  const evaluate = (text: string, residual: number): number => {
    const script = text
      .replace('y = ', '')
      .replaceAll('F(x)', 'F')
      .replaceAll('Wx', 'W · x')
      .replaceAll('·', '*')
      .replaceAll('−', '-')
      .replaceAll('α', 'alpha')
    return new Function('F', 'x', 'g', 'W', 'alpha', 'BN', 'ReLU', 'pad', 'dropout', `return ${script}`)(
      residual,
      x,
      g,
      projection,
      alpha,
      normed,
      rectified,
      padded,
      dropped,
    )
  }

  it('says what the expansion computes, for every order, shortcut and strength', () => {
    fc.assert(
      fc.property(
        fc.record({
          block: fc.constantFrom(...blockTypes),
          order: fc.constantFrom(...activationOrders),
          shortcut: fc.constantFrom(...shortcutTypes.filter((shortcut) => shortcut !== 'none')),
          initialisation: fc.constantFrom(...initialisations),
          batchNorm: fc.boolean(),
          residualScale: fc.constantFrom(0.5, 1, 0.3),
          shortcutScale: fc.constantFrom(0.5, 1, 0.7),
        }),
        fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
        fc.constantFrom(0, 1, 2),
        (change, strength, index) => {
          const plan = planLayers({ ...base, ...change })
          const operations = plan.operations.filter(({ block }) => block === index)
          expect(operations.filter(isAddition)).toHaveLength(1)
          const { y, residual } = computed(operations, strength)
          // Factors that fade are written with two decimals.
          const precision = strength === 0 || strength === 1 ? 9 : 1
          expect(evaluate(formula(change, strength, index), residual)).toBeCloseTo(y, precision)
        },
      ),
      { numRuns: 600 },
    )
  })
})
