import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planLayers } from '../domain/planLayers.ts'
import { activeOperations, trainableOperations } from './activeOperations.ts'
import { type CombinedOperation, combinedInputsOf, combinedOperations } from './combinedOperations.ts'
import { randomSpec } from './testing/randomSpec.ts'

const seeds = fc.nat()

/** How often each kind of layer is computed, whatever it is computed together with. */
const countsOf = (operations: readonly CombinedOperation[]): Readonly<Record<string, number>> => {
  const counts = {
    conv: 0,
    norm: 0,
    relu: 0,
    add: 0,
    subsample: 0,
    gate: 0,
    gatedAdd: 0,
    dropout: 0,
    multiplier: 0,
    head: 0,
  }
  for (const operation of operations) {
    if (operation.kind === 'combine') {
      counts.norm += operation.norm === null ? 0 : 1
      counts.add += operation.add === null ? 0 : 1
      counts.subsample += operation.subsample === null ? 0 : 1
      counts.relu += operation.relu ? 1 : 0
    } else if (operation.kind === 'subsample-pad') counts.subsample++
    else if (operation.kind === 'gated-add') counts.gatedAdd++
    else counts[operation.kind]++
  }
  return counts
}

describe('what the engine computes of a network', () => {
  it('with all shortcuts off is the very list of the plain network', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const spec = randomSpec(seed)
        const plan = planLayers(spec)
        const off = plan.blocks.map(() => false)
        const plain = planLayers({ ...spec, shortcut: 'none' })
        expect(combinedOperations(plan, off)).toEqual(combinedOperations(plain, off))
        // A shortcut that the plan does not have is on or off alike.
        expect(
          combinedOperations(
            plain,
            plan.blocks.map(() => true),
          ),
        ).toEqual(combinedOperations(plain, off))
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is all that is active, each once, nothing before what it reads, nothing that nobody reads', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), (seed, isOn) => {
        const plan = planLayers(randomSpec(seed))
        const native = combinedOperations(plan, isOn)
        const written = new Set(['input'])
        const read = new Set<string>()
        for (const operation of native) {
          for (const name of combinedInputsOf(operation)) {
            expect(written.has(name), name).toBe(true)
            read.add(name)
          }
          if (operation.kind === 'head') continue
          expect(written.has(operation.output), operation.output).toBe(false)
          written.add(operation.output)
        }
        expect(native.at(-1)?.kind).toBe('head')
        expect([...written].filter((name) => !read.has(name))).toEqual([])

        const active = activeOperations(trainableOperations(plan), isOn)
        const count = (kind: string): number => active.filter((operation) => operation.kind === kind).length
        const fused = active.filter((operation) => operation.kind === 'norm' && operation.relu).length
        expect(countsOf(native)).toEqual({
          conv: count('conv'),
          norm: count('norm'),
          relu: count('relu') + fused,
          add: count('add'),
          subsample: count('subsample-pad'),
          gate: count('gate'),
          gatedAdd: count('gated-add'),
          dropout: count('dropout'),
          multiplier: count('multiplier'),
          head: 1,
        })
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is a convolution and one pass behind it, for each layer of a network of basic blocks', () => {
    const plan = planLayers({
      ...randomSpec(1),
      block: 'basic',
      order: 'original',
      shortcut: 'A',
      batchNorm: true,
      initialisation: 'he',
    })
    const kinds = combinedOperations(
      plan,
      plan.blocks.map(() => true),
    ).map(({ kind }) => kind)
    const layers = 1 + 2 * plan.blocks.length
    expect(kinds).toEqual([...Array.from({ length: layers }, () => ['conv', 'combine']).flat(), 'head'])
  })
})
