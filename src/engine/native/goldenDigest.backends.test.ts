import { describe, expect, it } from 'vitest'
import { parametersOf } from '../../domain/parameters.ts'
import type { ExecutorRequest } from '../executor.ts'
import type { InspectableExecutor } from '../inspectableExecutor.ts'
import { goldenRun } from '../testing/goldenRun.ts'
import { rangeIndices } from '../testing/smallExperiment.ts'
import { suiteBackends } from '../testing/suiteBackends.ts'
import { createNativeHere } from './createNativeHere.ts'
import { goldenDigest } from './goldenDigest.ts'

const isBrowser = suiteBackends().includes('webgl')
const meaning = 'this changes the meaning of every link that was ever shared'

describe('the weights that training leaves are the same, bit for bit', () => {
  it.each(['default', 'augmented'] as const)('everywhere: %s', async (name) => {
    expect(await goldenRun(name, (request) => createNativeHere(request, { batchSize: 64 })), meaning).toBe(
      goldenDigest[name],
    )
  })

  it.skipIf(isBrowser)('whatever is read, written and laid out anew in between', async () => {
    expect(await goldenRun('default', createDisturbed)).toBe(goldenDigest.default)
  })

  // What threads leave in a browser: src/worker/goldenDigest.browser.test.ts.
  it.skipIf(isBrowser).each([
    ['default', 2],
    ['augmented', 4],
  ] as const)('in Node: %s, with %i threads', async (name, threads) => {
    const { startNodeHelper: startHelper } = await import('../../../scripts/lib/startNodeHelper.ts')
    const digest = await goldenRun(name, (request) =>
      createNativeHere(request, { threads, startHelper, batchSize: 64 }),
    )
    expect(digest).toBe(goldenDigest[name])
  })
})

/** A network laid out for one image, which is looked into and given its own state back while it trains, and must make room twice. */
const createDisturbed = async (request: ExecutorRequest): Promise<InspectableExecutor> => {
  const executor = await createNativeHere(request)
  const { plans } = request
  let steps = 0
  return {
    ...executor,
    async step(batch, controls) {
      steps += 1
      if (steps === 3 || steps === 11)
        for (const [network, plan] of plans.entries()) {
          const state = await executor.readState(network)
          const larger = { indices: rangeIndices(0, 64 + steps), augmentation: null }
          const strengths = plan.blocks.map(({ index }) => (index % 2 === 0 ? 1 : 0.5))
          await executor.readGradients(network, larger, strengths, steps)
          await executor.readActivations(network, larger, strengths)
          await executor.readLogits(network, larger, strengths)
          // Something else altogether, and back again.
          const other = new Map(
            parametersOf(plan).map(({ name }) => [
              name,
              (state.parameters.get(name) ?? new Float32Array()).map(() => 0.5),
            ]),
          )
          await executor.writeState(network, { ...state, parameters: other })
          await executor.readGradients(network, batch, strengths, steps)
          await executor.writeState(network, state)
        }
      await executor.step(batch, controls)
    },
  }
}
