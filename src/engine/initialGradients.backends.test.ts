import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../domain/networkSpec.ts'
import { labSpec } from './testing/plainStart.ts'
import { equalStrengths, smallExecutor } from './testing/smallExecutor.ts'
import { rangeIndices } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'
import { slopeOf } from './testing/trend.ts'

const batch = { indices: rangeIndices(0, 16), augmentation: null }

/** Norm of the weight gradient of every convolution of every block before the first step, from the input to the output. */
const gradientNorms = async (
  suite: OpenSuite,
  spec: NetworkSpec,
  seed: number,
): Promise<readonly number[]> => {
  const executor = await smallExecutor(suite, [spec], seed)
  const { gradients } = await executor.readGradients(0, batch, equalStrengths(spec, 1))
  executor.dispose()
  return [...gradients].flatMap(([name, values]) =>
    /block\d+\.conv\d$/.test(name) ? [Math.hypot(...values)] : [],
  )
}

/** By which factor the norm grows with each layer towards the input, fitted over all given. */
const growthPerLayer = (norms: readonly number[]): number => Math.exp(-slopeOf(norms.map(Math.log)))

/**
 * Yang et al. 2019: batch norm makes gradients explode in plain ReLU networks, by √(π/(π − 1)) ≈ 1.21 a layer in norm for wide
 * layers. The bands are those of three seeds on noise, batch 16 and 32, widened by about as much again.
 */
describe.each(suiteExecutors())('the gradient before the first step on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  // The slower executors once: the property is of the network, and that they compute the same is tested elsewhere.
  const cases =
    kind === 'wasm' || kind === 'native'
      ? [1, 2, 3].flatMap((seed) => ([20, 32] as const).map((depth) => ({ seed, depth })))
      : [{ seed: 1, depth: 20 } as const]
  const blocks = { 20: [3, 3, 3], 32: [5, 5, 5] } as const

  it.each(cases)(
    'grows towards the input in plain-$depth and hardly in residual-$depth, seed $seed',
    async ({ seed, depth }) => {
      const spec = labSpec({ shortcut: 'none', blocksPerStage: blocks[depth] })
      const plain = await gradientNorms(suite, spec, seed)
      const residual = await gradientNorms(suite, { ...spec, shortcut: 'A' }, seed)
      expect(plain).toHaveLength(depth - 2)
      // In the first stage, where a channel has the most pixels to be normalised over, measured 1.18 to 1.225.
      const firstStage = growthPerLayer(plain.slice(0, plain.length / 3))
      expect(firstStage).toBeGreaterThan(1.14)
      expect(firstStage).toBeLessThan(1.27)
      // Over all stages measured 1.129 to 1.155; residual 1.036 to 1.05.
      expect(growthPerLayer(plain)).toBeGreaterThan(1.1)
      expect(growthPerLayer(plain)).toBeLessThan(1.2)
      expect(growthPerLayer(residual)).toBeLessThan(1.07)
    },
  )
})
