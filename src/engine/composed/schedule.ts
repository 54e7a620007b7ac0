import { type ActivationName, inputsOf, type NetworkPlan } from '../../domain/networkPlan.ts'
import { type ActiveOperation, activeOperations, trainableOperations } from '../activeOperations.ts'

/** The operations of one network with some shortcuts on, and how long each activation is needed. */
export interface Schedule {
  readonly operations: readonly ActiveOperation[]
  /** For each operation: activations that no later operation reads. The network's input is never among them. */
  readonly lastReads: readonly (readonly ActivationName[])[]
  /** Activations that the backward pass reads: see `readsBackward`. */
  readonly readBackward: ReadonlySet<ActivationName>
}

/** Throws where the plan cannot be trained. */
export const createSchedule = (plan: NetworkPlan, isOn: readonly boolean[]): Schedule => {
  const operations = activeOperations(trainableOperations(plan), isOn)
  const lastReader = new Map<ActivationName, number>()
  const readBackward = new Set<ActivationName>()
  operations.forEach((operation, index) => {
    for (const name of inputsOf(operation)) lastReader.set(name, index)
    for (const name of readsBackward(operation)) readBackward.add(name)
  })
  readBackward.delete('input')
  lastReader.delete('input')
  const lastReads = operations.map((_, index) =>
    [...lastReader].flatMap(([name, reader]) => (reader === index ? [name] : [])),
  )
  return { operations, lastReads, readBackward }
}

/** What the gradient of an operation reads, besides parameters and what the forward pass keeps in other ways. */
const readsBackward = (operation: ActiveOperation): readonly ActivationName[] => {
  switch (operation.kind) {
    case 'conv':
    case 'multiplier':
    case 'dense':
      return [operation.input]
    case 'relu':
    case 'gate':
      return [operation.output]
    case 'norm':
      return operation.relu ? [operation.output] : []
    case 'gated-add': {
      const { residual, shortcut, gate, exclusive } = operation
      return exclusive ? [residual, shortcut, gate] : [shortcut, gate]
    }
    case 'subsample-pad':
    case 'dropout':
    case 'add':
    case 'pool':
      return []
    default:
      return operation satisfies never
  }
}

/** Schedules of one network by which shortcuts are on; each is made once. Throws at once where the plan cannot be trained. */
export const createSchedules = (plan: NetworkPlan): ((strengths: readonly number[]) => Schedule) => {
  trainableOperations(plan)
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
