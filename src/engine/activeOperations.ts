import {
  type ActivationName,
  inputsOf,
  isAddition,
  type MaxPoolOperation,
  type NetworkPlan,
  type NormOperation,
  type Operation,
} from '../domain/networkPlan.ts'

/** An operation of a network that can be trained: all but the maximum pooling of the stem for large images. */
export type TrainableOperation = Exclude<Operation, MaxPoolOperation>

/** An operation as it is run: a normalisation takes the ReLU behind it along, in the same pass over the data. */
export type ActiveOperation =
  | Exclude<TrainableOperation, NormOperation>
  | (NormOperation & { readonly relu: boolean })

/**
 * The plan's operations. Throws where it has the stem for large images: such networks are counted and drawn; what is trained
 * here has the small one.
 */
export const trainableOperations = ({ operations }: NetworkPlan): readonly TrainableOperation[] =>
  operations.map((operation) => {
    if (operation.kind === 'max-pool')
      throw new Error('A network with the stem for images of 224 pixels is not trained here.')
    return operation
  })

/**
 * What a network computes with some shortcuts off: an addition whose shortcut has strength 0 is left out, and whatever served
 * only that shortcut with it (a projection, a gate, a dropout). So a network with all shortcuts off runs the very list of its
 * plain counterpart.
 */
export const activeOperations = (
  operations: readonly TrainableOperation[],
  isOn: readonly boolean[],
): readonly ActiveOperation[] => withReluFused(withoutUnread(withoutAdditions(operations, isOn)))

const withoutAdditions = (
  operations: readonly TrainableOperation[],
  isOn: readonly boolean[],
): readonly TrainableOperation[] => {
  const renamed = new Map<ActivationName, ActivationName>()
  const nameOf = (name: ActivationName): ActivationName => renamed.get(name) ?? name
  return operations.flatMap((operation): TrainableOperation[] => {
    if (!isAddition(operation)) return [{ ...operation, input: nameOf(operation.input) }]
    const residual = nameOf(operation.residual)
    if (isOn[operation.block] === true)
      return [{ ...operation, residual, shortcut: nameOf(operation.shortcut) }]
    renamed.set(operation.output, residual)
    return []
  })
}

const withoutUnread = (operations: readonly TrainableOperation[]): readonly TrainableOperation[] => {
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

const withReluFused = (operations: readonly TrainableOperation[]): readonly ActiveOperation[] => {
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
