import { describe, expect, it } from 'vitest'
import { inputsOf } from '../../domain/networkPlan.ts'
import { defaultOptions, type NetworkSpec, type ShortcutType } from '../../domain/networkSpec.ts'
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

const allOf = (shortcut: ShortcutType, isOn: boolean) => {
  const plan = planOf(shortcut)
  return createSchedule(
    plan,
    plan.blocks.map(() => isOn),
  )
}

describe('schedule', () => {
  it.each(['A', 'B', 'C'] as const)('of shortcuts %s that are off is that of the plain network', (type) => {
    const bare = ({ operations }: ReturnType<typeof allOf>) =>
      operations.map(({ kind, output }) => `${kind} ${output}`)
    expect(bare(allOf(type, false))).toEqual(bare(allOf('none', true)))
  })

  it('takes every ReLU along with the normalisation before it, unless an addition stands between', () => {
    const kinds = (isOn: boolean) => allOf('A', isOn).operations.filter(({ kind }) => kind === 'relu').length
    expect(kinds(false)).toBe(0)
    expect(kinds(true)).toBe(6)
  })

  it.each(['none', 'A', 'B', 'C'] as const)('of shortcut %s lets go of each activation once', (type) => {
    for (const pattern of [0, 1, 2, 21, 63]) {
      const plan = planOf(type)
      const schedule = createSchedule(
        plan,
        plan.blocks.map(({ index }) => ((pattern >> index) & 1) === 1),
      )
      const written = new Set<string>()
      const freed = new Set<string>(['input'])
      written.add('input')
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
    }
  })

  it('is made once for each pattern of switches, whatever the strengths', () => {
    const scheduleOf = createSchedules(planOf('A'))
    expect(scheduleOf([0.1, 1, 0, 0, 0, 0])).toBe(scheduleOf([1, 0.5, 0, 0, 0, 0]))
    expect(scheduleOf([1, 1, 1, 0, 0, 0])).not.toBe(scheduleOf([1, 1, 0, 0, 0, 0]))
  })
})
