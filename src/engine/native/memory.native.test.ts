import { expect, it } from 'vitest'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { flatten, parameterLayout } from '../flatLayout.ts'
import { smallImages, smallSpec } from '../testing/smallExperiment.ts'
import { createNativeNetwork } from './createNativeNetwork.ts'
import { loadEngine } from './loadEngine.ts'
import { plannedBytes } from './networkPrograms.ts'

const spec = smallSpec({ shortcut: 'B', imageSize: 8 })
const plan = planLayers(spec)
const { images, labels } = smallImages(spec, 8)
const batch = { images, labels, augmentation: null }
const controls = (strength: number) => ({
  learningRate: 0.01,
  momentum: 0.9,
  weightDecay: 1e-4,
  dropoutKey: 1,
  shortcutStrengths: plan.blocks.map(() => strength),
})

const createNetwork = async () =>
  createNativeNetwork({
    module: await loadEngine(false),
    plan,
    initial: flatten(parameterLayout(plan), initialParameters(plan, 1)),
    batchSize: 8,
    threads: 1,
  })

it('a network takes no more memory after 2,000 steps, switches and evaluations than after the first of each', async () => {
  const network = await createNetwork()
  const seen: number[] = []
  for (let step = 0; step < 2000; step++) {
    const strength = [1, 0, 0.5][step % 3] ?? 0
    network.step(batch, controls(strength))
    if (step % 20 !== 19) continue
    const statistics = network.batchStatistics(batch, controls(strength).shortcutStrengths)
    network.infer(batch, controls(strength).shortcutStrengths, statistics)
    seen.push(network.memoryBytes())
  }
  expect(new Set(seen.slice(2)).size).toBe(1)
  network.dispose()
})

it('takes what was said before it was taken, whoever came before', async () => {
  const seen: number[] = []
  for (let rebuild = 0; rebuild < 50; rebuild++) {
    const network = await createNetwork()
    network.step(batch, controls(1))
    seen.push(network.memoryBytes())
    network.dispose()
  }
  expect(new Set(seen).size).toBe(1)
  // Pages of 64 kB, and the constants of the engine itself.
  expect(seen[0]).toBeGreaterThanOrEqual(plannedBytes(plan, 8, 1))
  expect(seen[0]).toBeLessThan(plannedBytes(plan, 8, 1) + 2 * 65_536)
})
