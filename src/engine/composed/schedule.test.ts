import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf } from '../../domain/networkPlan.ts'
import {
  activationOrders,
  blockTypes,
  defaultOptions,
  initialisations,
  type NetworkSpec,
  type ShortcutType,
  shortcutTypes,
} from '../../domain/networkSpec.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { createSchedule, createSchedules } from './schedule.ts'

const planOf = (shortcut: ShortcutType, options: Partial<NetworkSpec> = {}) =>
  planLayers({
    ...defaultOptions,
    shortcut,
    stem: 'small',
    blocksPerStage: [2, 2, 2],
    width: 4,
    imageSize: 12,
    channels: 3,
    classes: 10,
    ...options,
  })

const allOf = (shortcut: ShortcutType, isOn: boolean, options: Partial<NetworkSpec> = {}) => {
  const plan = planOf(shortcut, options)
  return createSchedule(
    plan,
    plan.blocks.map(() => isOn),
  )
}

/** Everything that a plan of the family can be made of, besides its shortcut. */
const familyOptions = fc.record({
  block: fc.constantFrom(...blockTypes),
  order: fc.constantFrom(...activationOrders),
  batchNorm: fc.boolean(),
  initialisation: fc.constantFrom(...initialisations),
})
const shortcuts = fc.constantFrom(...shortcutTypes)

describe('schedule', () => {
  it('of a network with all shortcuts off is that of the plain network', () => {
    fc.assert(
      fc.property(shortcuts, familyOptions, (shortcut, options) => {
        expect(allOf(shortcut, false, options)).toEqual(allOf('none', true, options))
      }),
    )
  })

  it('takes every ReLU along with the normalisation before it, unless an addition stands between', () => {
    const kinds = (isOn: boolean) => allOf('A', isOn).operations.filter(({ kind }) => kind === 'relu').length
    expect(kinds(false)).toBe(0)
    expect(kinds(true)).toBe(6)
  })

  it('keeps a ReLU apart whose normalisation something else reads too', () => {
    // With the first shortcut off, BN2 of the first block is what the second block's ReLU and its shortcut both read.
    const plan = planOf('A', { order: 'relu-only-preact' })
    const fusedWith = (isOn: readonly boolean[]) =>
      createSchedule(plan, isOn).operations.flatMap((operation) =>
        operation.kind === 'norm' && operation.relu ? [operation.name] : [],
      )
    const norm = 'stage1.block1.bn2'
    expect(fusedWith([false, true, false, false, false, false])).not.toContain(norm)
    expect(fusedWith([false, false, false, false, false, false])).toContain(norm)
  })

  it('of any network lets go of each activation once, after its last reader', () => {
    const patterns = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(shortcuts, familyOptions, patterns, (shortcut, options, isOn) => {
        const schedule = createSchedule(planOf(shortcut, options), isOn)
        const written = new Set<string>(['input'])
        const freed = new Set<string>(['input'])
        schedule.operations.forEach((operation, index) => {
          for (const name of inputsOf(operation)) {
            expect(written.has(name), `${name} is read before it is written`).toBe(true)
            expect(name === 'input' || !freed.has(name), `${name} is read after it was let go`).toBe(true)
          }
          written.add(operation.output)
          for (const name of schedule.lastReads[index] ?? []) {
            expect(freed.has(name), `${name} is let go twice`).toBe(false)
            freed.add(name)
          }
        })
        freed.add('logits')
        expect(freed).toEqual(written)
      }),
    )
  })

  it.each([
    ['B', 'projection'],
    ['shortcut-gate', 'gate'],
    ['exclusive-gate', 'gate'],
    ['dropout', 'dropout'],
    ['A', 'shortcut'],
  ] as const)('leaves out what serves only a shortcut %s that is off', (shortcut, part) => {
    const plan = planOf(shortcut)
    const names = createSchedule(
      plan,
      plan.blocks.map(({ index }) => index !== 2),
    ).operations.map(({ output }) => output)
    expect(names.some((name) => name.startsWith(`stage3.block1.${part}`))).toBe(true)
    expect(names.some((name) => name.startsWith(`stage2.block1.${part}`))).toBe(false)
  })

  it('is refused for the stem that is only counted', () => {
    expect(() => createSchedules(planOf('A', { stem: 'large', imageSize: 32 }))).toThrow(/not trained here/)
  })

  it('is made once for each pattern of switches, whatever the strengths', () => {
    const scheduleOf = createSchedules(planOf('A'))
    expect(scheduleOf([0.1, 1, 0, 0, 0, 0])).toBe(scheduleOf([1, 0.5, 0, 0, 0, 0]))
    expect(scheduleOf([1, 1, 1, 0, 0, 0])).not.toBe(scheduleOf([1, 1, 0, 0, 0, 0]))
  })
})
