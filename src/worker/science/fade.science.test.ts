import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../domain/presets.ts'
import { errorAround, trainInNode } from './trainInNode.ts'

const { spec } = presetNamed('default')

/**
 * Measured in PyTorch over 3 seeds: 18 % at the switch; 14, 25, 33 % at +10, +50, +100 of a fade over 100 steps; 20 ± 3 % at
 * +200, when it has been a pure plain network for 100 steps. From scratch the plain network is at 57 to 80 % by then.
 */
describe('shortcuts faded out', () => {
  it('leave a plain network that is good, where the same network from scratch is not', async () => {
    const run = await trainInNode({
      ...spec,
      networks: [
        { depth: 32, shortcut: 'none' },
        { depth: 32, shortcut: 'A' },
      ],
      recipe: { ...spec.recipe, steps: 500 },
      interventions: [{ kind: 'shortcuts', step: 300, network: 1, blocks: 'all', to: 0, overSteps: 100 }],
    })
    const faded = [300, 350, 400, 450, 500].map((step) => errorAround(run, 1, step))
    const scratch = errorAround(run, 0, 500)
    console.log(`faded at 300, 350, 400, 450, 500: ${faded.join(', ')} %; from scratch at 500: ${scratch} %`)
    const [before = Number.NaN, , through = Number.NaN, , after = Number.NaN] = faded
    expect(before).toBeLessThan(30)
    // It gets worse while the shortcuts go, but never forgets.
    expect(through).toBeGreaterThan(before)
    expect(Math.max(...faded)).toBeLessThan(60)
    expect(after).toBeLessThan(35)
    expect(scratch - after).toBeGreaterThan(20)
  })
})
