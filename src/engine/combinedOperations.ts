import {
  type ActivationName,
  type AddOperation,
  inputsOf,
  type NetworkPlan,
  type SubsamplePadOperation,
} from '../domain/networkPlan.ts'
import { type ActiveOperation, activeOperations, trainableOperations } from './activeOperations.ts'

type Active<K extends ActiveOperation['kind']> = Extract<ActiveOperation, { readonly kind: K }>

/** output = relu?(normalised? input, + shortcut?): a normalisation, an addition and a ReLU that follow one another, in one pass. */
export interface CombineOperation {
  readonly kind: 'combine'
  readonly input: ActivationName
  readonly norm: Active<'norm'> | null
  readonly add: AddOperation | null
  /** The shortcut as it comes from `subsample`'s input, where that is computed on the way. */
  readonly subsample: SubsamplePadOperation | null
  readonly relu: boolean
  readonly output: ActivationName
  readonly side: number
}

/** Pooling, the dense layer and the loss. */
export interface HeadOperation {
  readonly kind: 'head'
  readonly input: ActivationName
  readonly side: number
  readonly dense: Active<'dense'>
}

export type CombinedOperation =
  | Active<'conv' | 'subsample-pad' | 'dropout' | 'gate' | 'gated-add' | 'multiplier'>
  | CombineOperation
  | HeadOperation

/** The activations that an operation reads. */
export const combinedInputsOf = (operation: CombinedOperation): readonly ActivationName[] => {
  switch (operation.kind) {
    case 'combine':
      return operation.add === null
        ? [operation.input]
        : [operation.input, operation.subsample?.input ?? operation.add.shortcut]
    case 'gated-add':
      return inputsOf(operation)
    case 'head':
    case 'conv':
    case 'subsample-pad':
    case 'dropout':
    case 'gate':
    case 'multiplier':
      return [operation.input]
    default:
      return operation satisfies never
  }
}

/** What the engine computes of a network with some shortcuts on: as few passes over the data as its operations allow. */
export const combinedOperations = (
  plan: NetworkPlan,
  isOn: readonly boolean[],
): readonly CombinedOperation[] => {
  const operations = activeOperations(trainableOperations(plan), isOn)
  const readers = new Map<ActivationName, number>()
  for (const name of operations.flatMap(inputsOf)) readers.set(name, (readers.get(name) ?? 0) + 1)
  const isReadOnce = (name: ActivationName): boolean => readers.get(name) === 1

  /** Operations that wait to be taken along by the addition that alone reads them. */
  const norms = new Map<ActivationName, Active<'norm'>>()
  const subsamples = new Map<ActivationName, SubsamplePadOperation>()
  const addends = new Set<ActivationName>()
  const carried = new Set<ActivationName>()
  for (const operation of operations)
    if (operation.kind === 'add') {
      addends.add(operation.residual)
      carried.add(operation.shortcut)
    }

  const native: CombinedOperation[] = []
  for (const operation of operations) {
    switch (operation.kind) {
      case 'norm': {
        const { output, input, side, relu } = operation
        if (!relu && addends.has(output) && isReadOnce(output)) norms.set(output, operation)
        else
          native.push({
            kind: 'combine',
            input,
            norm: operation,
            add: null,
            subsample: null,
            relu,
            output,
            side,
          })
        break
      }
      case 'subsample-pad':
        if (carried.has(operation.output) && isReadOnce(operation.output))
          subsamples.set(operation.output, operation)
        else native.push(operation)
        break
      case 'add': {
        const norm = norms.get(operation.residual) ?? null
        const subsample = subsamples.get(operation.shortcut) ?? null
        const { output, side } = operation
        const input = norm?.input ?? operation.residual
        native.push({ kind: 'combine', input, norm, add: operation, subsample, relu: false, output, side })
        break
      }
      case 'relu': {
        const last = native.at(-1)
        const { output, input, side } = operation
        if (last?.kind === 'combine' && !last.relu && last.output === input && isReadOnce(input))
          native[native.length - 1] = { ...last, relu: true, output }
        else
          native.push({
            kind: 'combine',
            input,
            norm: null,
            add: null,
            subsample: null,
            relu: true,
            output,
            side,
          })
        break
      }
      case 'pool': {
        const dense = operations.find((other) => other.kind === 'dense')
        if (dense?.kind !== 'dense') throw new Error('A network ends in a dense layer.')
        native.push({ kind: 'head', input: operation.input, side: operation.side, dense })
        break
      }
      case 'dense':
        break
      case 'conv':
      case 'dropout':
      case 'gate':
      case 'gated-add':
      case 'multiplier':
        native.push(operation)
        break
      default:
        operation satisfies never
    }
  }
  return native
}
