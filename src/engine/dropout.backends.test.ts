import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InspectableExecutor } from './inspectableExecutor.ts'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from './testing/smallExecutor.ts'
import { smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

// y = F + dropout(x), then pooling and the dense layer: the logits are linear in what dropout gives, so their mean is that of A.
const spec = smallSpec({
  order: 'relu-before-add',
  shortcut: 'dropout',
  blocksPerStage: [1],
  imageSize: 5,
  dropRate: 0.4,
})
const on = equalStrengths(spec, 1)

describe.each(suiteExecutors())('dropout in a shortcut on %s', (kind) => {
  let suite: OpenSuite
  let executor: InspectableExecutor
  beforeAll(async () => {
    suite = await openSuite(kind)
    executor = await smallExecutor(suite, [spec, { ...spec, shortcut: 'A' }])
  })
  afterAll(() => {
    executor.dispose()
    suite.close()
  })

  const trainingLogits = async (network: number, key: number): Promise<readonly number[]> => {
    const { logits } = await executor.readGradients(network, smallBatch(0), on, key)
    return [...logits]
  }

  it('drops the same for the same key, and else for another', async () => {
    expect(await trainingLogits(0, 5)).toEqual(await trainingLogits(0, 5))
    expect(await trainingLogits(0, 6)).not.toEqual(await trainingLogits(0, 5))
    const { gradients } = await executor.readGradients(0, smallBatch(0), on, 5)
    const again = await executor.readGradients(0, smallBatch(0), on, 5)
    expect([...again.gradients]).toEqual([...gradients])
  })

  it('drops the same in a training step as where its gradient is read', async () => {
    const { gradients } = await executor.readGradients(0, smallBatch(0), on, 77)
    const before = [await executor.readState(0), await executor.readState(1)]
    await executor.step(smallBatch(0), { ...smallControls([on, on]), weightDecay: 0, dropoutKey: 77 })
    const { momentum } = await executor.readState(0)
    for (const [network, state] of before.entries()) await executor.writeState(network, state)
    for (const [name, values] of gradients)
      values.forEach((value, index) => {
        expect(momentum.get(name)?.[index], name).toBeCloseTo(value, 6)
      })
  })

  it('keeps the expectation', async () => {
    const keys = Array.from({ length: 40 }, (_, key) => key)
    const expected = await trainingLogits(1, 0)
    const sampled: (readonly number[])[] = []
    for (const key of keys) sampled.push(await trainingLogits(0, key))
    expected.forEach((value, index) => {
      const values = sampled.map((logits) => logits[index] ?? Number.NaN)
      const mean = values.reduce((sum, logit) => sum + logit, 0) / keys.length
      const variance = values.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / (keys.length - 1)
      // Of 32 logits, none should be 4.5 standard errors off in a lifetime; one that is not scaled by 1/(1 − rate) is many.
      expect(Math.abs(mean - value)).toBeLessThan(4.5 * Math.sqrt(variance / keys.length))
    })
  })

  it('drops nothing at evaluation', async () => {
    const state = await executor.readState(0)
    await executor.writeState(1, state)
    expect([...(await executor.readLogits(0, smallBatch(1), on))]).toEqual([
      ...(await executor.readLogits(1, smallBatch(1), on)),
    ])
  })
})
