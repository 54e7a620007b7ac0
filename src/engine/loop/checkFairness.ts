import { countNetwork } from '../../domain/countNetwork.ts'
import type { TensorValues } from '../../domain/parameters.ts'
import type { FairnessChecks } from '../../domain/run.ts'
import type { Executor } from '../executor.ts'
import { type BatchSource, digestOf } from './batchSource.ts'

const equalValues = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i])

/** Tensors of equal name but other shape belong to other layers: nothing is asked of them. */
const sharedTensorsAgree = (a: TensorValues, b: TensorValues): boolean =>
  [...a].every(([name, values]) => {
    const other = b.get(name)
    return other === undefined || other.length !== values.length || equalValues(values, other)
  })

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
  const held: TensorValues[] = []
  for (const [network] of executor.plans.entries()) held.push((await executor.readState(network)).parameters)

  const parameters = held.map((values) => [...values.values()].reduce((sum, { length }) => sum + length, 0))
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
