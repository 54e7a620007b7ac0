import { countNetwork } from '../../domain/countNetwork.ts'
import { equalData } from '../../domain/equalData.ts'
import { type ParameterSpec, parametersOf, type TensorValues } from '../../domain/parameters.ts'
import type { FairnessChecks } from '../../domain/run.ts'
import type { Executor } from '../executor.ts'
import { type BatchSource, digestOf } from './batchSource.ts'

/** What a network holds, and what each of its tensors was to start as. */
interface HeldNetwork {
  readonly specs: readonly ParameterSpec[]
  readonly values: TensorValues
}

const equalValues = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i])

/**
 * Tensors of equal name but other shape belong to other layers (a 1×1 convolution where the other block has 3×3); where the shapes
 * agree and the rule of their first values does not, another start is what is compared (the last gamma at 0, a gate's bias).
 * Nothing is asked of either.
 */
const sharedTensorsAgree = (a: HeldNetwork, b: HeldNetwork): boolean => {
  const others = new Map(b.specs.map((spec) => [spec.name, spec]))
  return a.specs.every((spec) => {
    const other = others.get(spec.name)
    if (other === undefined || !equalData(spec.shape, other.shape) || !equalData(spec.initial, other.initial))
      return true
    const [ofA, ofB] = [a.values.get(spec.name), b.values.get(spec.name)]
    return ofA !== undefined && ofB !== undefined && equalValues(ofA, ofB)
  })
}

const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const))

/**
 * Checks before the first step that the comparison is fair, on what the executor really holds: the values of all networks'
 * parameters are read back from the device. `batchesOf` gives the batches as each network would get them by itself; those of
 * the first, the middle and the last step are compared, asked for in different orders. Throws where a network has not the
 * parameters of its plan.
 */
export const checkFairness = async (
  executor: Executor,
  batchesOf: (network: number) => BatchSource,
  steps: number,
): Promise<FairnessChecks> => {
  const held: HeldNetwork[] = []
  for (const [network, plan] of executor.plans.entries()) {
    const { parameters: values } = await executor.readState(network)
    held.push({ specs: parametersOf(plan), values })
  }

  const parameters = held.map(({ values }) =>
    [...values.values()].reduce((sum, { length }) => sum + length, 0),
  )
  executor.plans.forEach((plan, network) => {
    const planned = countNetwork(plan).parameters
    if (parameters[network] !== planned)
      throw new Error(
        `network ${network + 1} holds ${parameters[network]} parameters, and its plan has ${planned}`,
      )
  })

  const depths = new Set(executor.plans.map(({ depth }) => depth))
  const sources = executor.plans.map((_, network) => batchesOf(network))
  const compared = [0, Math.floor(steps / 2), steps - 1]
  const digests = sources.map((batchAt, network) => {
    // Every other network is asked backwards: a batch must depend on its step alone, not on what was asked before.
    const asked = network % 2 === 0 ? compared : compared.toReversed()
    const digestAt = new Map(asked.map((step) => [step, digestOf(batchAt(step))]))
    return compared.map((step) => digestAt.get(step)).join(' ')
  })
  return {
    sameInitialWeights:
      depths.size === executor.plans.length
        ? null
        : pairsOf(held).every(([a, b]) => sharedTensorsAgree(a, b)),
    sameBatches: new Set(digests).size === 1,
    parameters,
  }
}
