import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import { finalErrorsOf } from '../../domain/run.ts'
import { verdictOf } from '../../domain/verdict.ts'
import { trainInNode } from './trainInNode.ts'

const { spec } = presetNamed('default')

describe('the default experiment', () => {
  it.each([1, 2, 3])('shows degradation beyond doubt, and its cure, with seed %i', async (seed) => {
    const run = await trainInNode({ ...spec, seed })
    const [shallow = Number.NaN, plain = Number.NaN, residual = Number.NaN] = spec.networks.map(
      (_, network) => finalErrorsOf(run, network)?.trainingError,
    )
    console.log(`seed ${seed}: plain-8 ${shallow} %, plain-32 ${plain} %, residual-32 ${residual} %`)
    expect(plain - shallow).toBeGreaterThan(40)
    expect(plain - residual).toBeGreaterThan(40)
    expect(verdictOf(run).degradation).toBe(true)
  })

  it('says after 20 steps that nothing was shown', async () => {
    const run = await trainInNode({ ...spec, recipe: { ...spec.recipe, steps: 20 } })
    const verdict = verdictOf(run)
    expect(verdict.degradation).toBe(null)
    expect(verdict.sentence).toMatch(/20 steps.*no network/i)
  })
})
