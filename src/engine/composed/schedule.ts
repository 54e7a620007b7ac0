import type { ActivationName, NetworkPlan } from '../../domain/networkPlan.ts'
import { type ActiveOperation, activeOperations, inputsOf } from './activeOperations.ts'

/** The operations of one network with some shortcuts on, and how long each activation is needed. */
export interface Schedule {
  readonly operations: readonly ActiveOperation[]
  /** For each operation: activations that no later operation reads. The network's input is never among them. */
  readonly lastReads: readonly (readonly ActivationName[])[]
  /** Activations that the backward pass reads: inputs of convolutions and of the dense layer, outputs of ReLUs. */
  readonly readBackward: ReadonlySet<ActivationName>
}

export const createSchedule = (plan: NetworkPlan, isOn: readonly boolean[]): Schedule => {
  const operations = activeOperations(plan, isOn)
  const lastReader = new Map<ActivationName, number>()
  const readBackward = new Set<ActivationName>()
  operations.forEach((operation, index) => {
    for (const name of inputsOf(operation)) lastReader.set(name, index)
    if (operation.kind === 'conv' || operation.kind === 'dense') readBackward.add(operation.input)
    if (operation.kind === 'relu' || (operation.kind === 'norm' && operation.relu))
      readBackward.add(operation.output)
  })
  readBackward.delete('input')
  lastReader.delete('input')
  const lastReads = operations.map((_, index) =>
    [...lastReader].flatMap(([name, reader]) => (reader === index ? [name] : [])),
  )
  return { operations, lastReads, readBackward }
}

/** Schedules of one network by which shortcuts are on; each is made once. */
export const createSchedules = (plan: NetworkPlan): ((strengths: readonly number[]) => Schedule) => {
  const made = new Map<string, Schedule>()
  return (strengths) => {
    const isOn = plan.blocks.map((block) => (strengths[block.index] ?? 0) > 0)
    const key = isOn.map((on) => (on ? '1' : '0')).join('')
    const known = made.get(key)
    if (known !== undefined) return known
    const schedule = createSchedule(plan, isOn)
    made.set(key, schedule)
    return schedule
  }
}
