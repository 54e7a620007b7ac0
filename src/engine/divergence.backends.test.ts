import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { equalStrengths, smallBatch, smallControls, smallExecutor } from './testing/smallExecutor.ts'
import { smallSpec } from './testing/smallExperiment.ts'
import { type OpenSuite, openSuite, suiteExecutors } from './testing/suiteExecutors.ts'

describe.each(suiteExecutors())('a network that diverged, on %s', (kind) => {
  let suite: OpenSuite
  beforeAll(async () => {
    suite = await openSuite(kind)
  })
  afterAll(() => suite.close())

  it.each([
    ['stem.conv', Number.NaN],
    ['stage2.block1.bn1.gamma', Number.NaN],
    ['stage3.block1.bn2.beta', Number.NaN],
    ['head.bias', Number.NaN],
    ['stage1.block1.conv2', Number.POSITIVE_INFINITY],
  ])('says so by its loss where %s became %d', async (name, value) => {
    const spec = smallSpec()
    const executor = await smallExecutor(suite, [spec])
    const state = await executor.readState(0)
    const size = state.parameters.get(name)?.length
    if (size === undefined) throw new Error(`There is no ${name}.`)
    const parameters = new Map(state.parameters).set(name, new Float32Array(size).fill(value))
    await executor.writeState(0, { ...state, parameters })
    await executor.step(smallBatch(0), smallControls([equalStrengths(spec, 1)]))
    const [row] = await executor.readMeasurements()
    expect(row?.[0]?.loss).toBeNaN()
    executor.dispose()
  })
})
