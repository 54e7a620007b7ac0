import type { ActivationName, NetworkPlan, NormOperation, Operation } from '../../domain/networkPlan.ts'

/** An operation as it is run: a normalisation takes the ReLU behind it along, in the same pass over the data. */
export type ActiveOperation =
  | Exclude<Operation, { kind: 'norm' }>
  | (NormOperation & { readonly relu: boolean })

/**
 * What a network computes with some shortcuts off: an addition whose shortcut has strength 0 is left out, and whatever served
 * only that shortcut with it (a projection's convolution and normalisation). So a network with all shortcuts off runs
 * the very list of its plain counterpart.
 */
export const activeOperations = (plan: NetworkPlan, isOn: readonly boolean[]): readonly ActiveOperation[] =>
  withReluFused(withoutUnread(withoutAdditions(plan.operations, isOn)))

const withoutAdditions = (
  operations: readonly Operation[],
  isOn: readonly boolean[],
): readonly Operation[] => {
  const renamed = new Map<ActivationName, ActivationName>()
  const nameOf = (name: ActivationName): ActivationName => renamed.get(name) ?? name
  return operations.flatMap((operation): Operation[] => {
    if (operation.kind === 'add') {
      if (isOn[operation.block] === true)
        return [{ ...operation, residual: nameOf(operation.residual), shortcut: nameOf(operation.shortcut) }]
      renamed.set(operation.output, nameOf(operation.residual))
      return []
    }
    return [{ ...operation, input: nameOf(operation.input) }]
  })
}

const withoutUnread = (operations: readonly Operation[]): readonly Operation[] => {
  const read = new Set<ActivationName>(['logits'])
  return operations
    .toReversed()
    .filter((operation) => {
      if (!read.has(operation.output)) return false
      for (const name of inputsOf(operation)) read.add(name)
      return true
    })
    .reverse()
}

const withReluFused = (operations: readonly Operation[]): readonly ActiveOperation[] => {
  const readers = new Map<ActivationName, number>()
  for (const name of operations.flatMap(inputsOf)) readers.set(name, (readers.get(name) ?? 0) + 1)
  const fused: ActiveOperation[] = []
  for (const operation of operations) {
    const previous = fused.at(-1)
    const follows =
      previous?.kind === 'norm' && operation.kind === 'relu' && operation.input === previous.output
    if (follows && readers.get(previous.output) === 1)
      fused[fused.length - 1] = { ...previous, output: operation.output, relu: true }
    else fused.push(operation.kind === 'norm' ? { ...operation, relu: false } : operation)
  }
  return fused
}

/** The activations that an operation reads. */
export const inputsOf = (operation: Operation | ActiveOperation): readonly ActivationName[] =>
  operation.kind === 'add' ? [operation.residual, operation.shortcut] : [operation.input]
