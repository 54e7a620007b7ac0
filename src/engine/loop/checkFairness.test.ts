import { expect, it } from 'vitest'
import { planLayers } from '../../domain/planLayers.ts'
import { createFakeExecutor } from '../testing/fakeExecutor.ts'
import { checkFairness } from './checkFairness.ts'

const plan = planLayers({
  shortcut: 'A',
  blocksPerStage: 1,
  width: 4,
  imageSize: 12,
  channels: 3,
  classes: 10,
})

it('finds a network that would see another batch', async () => {
  const executor = createFakeExecutor({ plans: [plan, plan], seed: 1 })
  const fair = await checkFairness(
    executor,
    () => (step) => ({ indices: Int32Array.of(step, 1), augmentation: null }),
    10,
  )
  expect(fair.sameBatches).toBe(true)
  const unfair = await checkFairness(
    executor,
    (network) => (step) => ({ indices: Int32Array.of(step, step === 9 ? network : 0), augmentation: null }),
    10,
  )
  expect(unfair.sameBatches).toBe(false)
})

it('finds batches that depend on what was asked before', async () => {
  const executor = createFakeExecutor({ plans: [plan, plan], seed: 1 })
  const { sameBatches } = await checkFairness(
    executor,
    () => {
      let asked = 0
      return () => ({ indices: Int32Array.of(asked++), augmentation: null })
    },
    10,
  )
  expect(sameBatches).toBe(false)
})
