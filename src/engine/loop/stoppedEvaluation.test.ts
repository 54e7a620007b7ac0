import { expect, it } from 'vitest'
import type { ImageSet } from '../../datasets/dataset.ts'
import { initialParameters } from '../../domain/parameters.ts'
import { planLayers } from '../../domain/planLayers.ts'
import { openBackend } from '../backends.ts'
import { createComposedExecutor } from '../createComposedExecutor.ts'
import { smallSpec } from '../testing/smallExperiment.ts'
import { RunStopped } from './runControl.ts'

const plan = planLayers(smallSpec({ imageSize: 12, classes: 10 }))

const images: ImageSet = {
  images: Float32Array.from({ length: 8 * 12 * 12 * 3 }, (_, i) => Math.sin(i)),
  labels: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
  count: 8,
  side: 12,
  channels: 3,
}

it('leaves no tensor behind wherever an evaluation is broken off', { timeout: 60_000 }, async () => {
  const backend = await openBackend('cpu')
  let breaths = 0
  let breaksAt = Number.POSITIVE_INFINITY
  const executor = await createComposedExecutor(
    { plans: [plan], initial: [initialParameters(plan, 1)], training: images, validation: images },
    {
      yieldToMessages: async () => {
        breaths += 1
        if (breaths >= breaksAt) throw new RunStopped()
      },
    },
  )
  const evaluate = () =>
    executor.evaluate({
      statisticsBatches: [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5, 6, 7)],
      trainingIndices: Int32Array.of(0, 1),
      validationIndices: Int32Array.of(2, 3),
      shortcutStrengths: [[1, 1, 1]],
    })
  await evaluate()
  const { tensors } = executor.memory()
  const wholeBreaths = breaths
  for (let at = 1; at <= wholeBreaths; at++) {
    breaths = 0
    breaksAt = at
    await expect(evaluate()).rejects.toBeInstanceOf(RunStopped)
    expect(executor.memory().tensors, `broken off at ${at} of ${wholeBreaths}`).toBe(tensors)
  }
  executor.dispose()
  backend.close()
})
