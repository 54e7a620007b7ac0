import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initialParameters } from '../domain/parameters.ts'
import { planLayers } from '../domain/planLayers.ts'
import { relativeError } from './parity/relativeError.ts'
import { equalStrengths, smallBatch, smallExecutor } from './testing/smallExecutor.ts'
import { smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

describe.each(suiteExecutors())('the function that training starts from, on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  it.each(['zero-gamma', 'skipinit'] as const)('is the same at any depth with %s', async (initialisation) => {
    const shallow = smallSpec({ initialisation, imageSize: 6, blocksPerStage: [1, 1] })
    const deep = { ...shallow, blocksPerStage: [3, 2] }
    const executor = await smallExecutor(suite, [shallow, deep])
    const [a, b] = [
      await executor.readGradients(0, smallBatch(0), equalStrengths(shallow, 1)),
      await executor.readGradients(1, smallBatch(0), equalStrengths(deep, 1)),
    ]
    expect([...b.logits]).toEqual([...a.logits])
    // And F of each block can leave 0: its last factor has a gradient.
    const last = initialisation === 'zero-gamma' ? /bn2\.gamma$/ : /multiplier$/
    const factors = [...b.gradients].filter(([name]) => last.test(name) && name.startsWith('stage'))
    expect(factors).toHaveLength(5)
    for (const [name, values] of factors) expect(Math.hypot(...values), name).toBeGreaterThan(1e-4)
    executor.dispose()
  })

  it('has the kernels I + 0.1 · W/‖W‖ in a Dirac-parameterised network', async () => {
    const dirac = smallSpec({
      initialisation: 'dirac',
      shortcut: 'none',
      imageSize: 6,
      blocksPerStage: [1, 1],
    })
    const free = { ...dirac, initialisation: 'he' as const }
    const drawn = initialParameters(planLayers(dirac), 1)
    const written = new Map(
      [...initialParameters(planLayers(free), 1)].map(([name, values]) => {
        if (!/block\d+\.conv\d$/.test(name)) return [name, values]
        const outputs = drawn.get(`${name}.scale`)?.length ?? 0
        const inputs = values.length / 9 / outputs
        const lengths = Array.from({ length: outputs }, (_, output) =>
          Math.hypot(...values.filter((_, index) => index % outputs === output)),
        )
        return [
          name,
          values.map((value, index) => {
            const output = index % outputs
            const input = Math.floor(index / outputs) % inputs
            const isCentre = Math.floor(index / outputs / inputs) === 4
            return (isCentre && input === output ? 1 : 0) + (0.1 * value) / (lengths[output] ?? 0)
          }),
        ]
      }),
    )
    const executor = await smallExecutor(suite, [dirac, free], 1, [drawn, written])
    const off = equalStrengths(dirac, 0)
    const { logits: actual } = await executor.readGradients(0, smallBatch(0), off)
    const { logits: expected } = await executor.readGradients(1, smallBatch(0), off)
    expect(relativeError({ name: '', actual, expected })).toBeLessThan(1e-5)
    executor.dispose()
  })
})
