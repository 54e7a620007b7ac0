import type { NetworkSpec } from '../../domain/networkSpec.ts'
import { initialParameters, parametersOf, type TensorValues } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { randomStream } from '../../domain/random.ts'

/**
 * Parameters in general position: what starts at 0 or 1 everywhere is moved, so that no term is hidden by the value that it
 * starts at, and no ReLU stands exactly at its kink.
 */
export const generalParameters = (spec: NetworkSpec, seed: number): TensorValues => {
  const plan = planLayers(spec)
  const values = initialParameters(plan, seed)
  return new Map(
    parametersOf(plan).map(({ name, initial }) => {
      const stream = randomStream(seed, `moved/${name}`)
      const tensor = values.get(name) ?? new Float32Array()
      return [name, 'value' in initial ? tensor.map((value) => value + 0.3 * stream.normal()) : tensor]
    }),
  )
}

/** Running statistics in general position. */
export const generalStatistics = (
  names: Iterable<readonly [string, Float32Array]>,
  seed: number,
): TensorValues =>
  new Map(
    [...names].map(([name, values]) => {
      const stream = randomStream(seed, `moved/${name}`)
      const isMean = name.endsWith('.mean')
      return [name, values.map(() => (isMean ? 0.3 * stream.normal() : 0.5 + stream.uniform()))]
    }),
  )
