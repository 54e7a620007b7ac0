import { describe, expect, it } from 'vitest'
import { type ActivationOrder, blockTypes, type Initialisation } from '../domain/networkSpec.ts'
import { keepsDimensions, plainStart } from './testing/plainStart.ts'
import { smallSpec } from './testing/smallExperiment.ts'

type Start = readonly [Initialisation, ActivationOrder]
const identities: readonly Start[] = [
  ['zero-gamma', 'original'],
  ['zero-gamma', 'relu-only-preact'],
  ['skipinit', 'original'],
  ['skipinit', 'relu-before-add'],
  ['skipinit', 'relu-only-preact'],
  ['skipinit', 'full-preact'],
]

/** By plain loops in double precision; that every backend computes what they do is tested with any network of the family. */
describe('zero last gamma and SkipInit (Goyal et al. 2017, section 5.1; De & Smith 2020, section 3)', {
  timeout: 30_000,
}, () => {
  it.each(identities.flatMap((start) => blockTypes.map((block) => [...start, block] as const)))(
    '%s, %s, %s: each block that keeps its dimensions starts as the identity, and so does what is left of its stage',
    (initialisation, order, block) => {
      for (const shortcut of ['A', 'B'] as const) {
        const spec = smallSpec({
          initialisation,
          order,
          block,
          shortcut,
          blocksPerStage: [2, 3],
          imageSize: 6,
        })
        const { plan, inputOf, outputOf } = plainStart(spec, 1)
        const kept = plan.blocks.filter(keepsDimensions)
        expect(kept.length).toBeGreaterThanOrEqual(3)
        for (const one of kept) expect(outputOf(one).values).toEqual(inputOf(one).values)
        for (const stage of [1, 2]) {
          const ofStage = kept.filter((one) => one.stage === stage)
          const [first, last] = [ofStage[0], ofStage.at(-1)]
          if (first === undefined || last === undefined) throw new Error('Each stage keeps some.')
          expect(outputOf(last).values).toEqual(inputOf(first).values)
          expect(inputOf(first).values.some((value) => value !== 0)).toBe(true)
        }
      }
    },
  )

  it('is what He-normal is not', () => {
    const { plan, inputOf, outputOf } = plainStart(smallSpec({ blocksPerStage: [2] }), 1)
    for (const block of plan.blocks) expect(outputOf(block).values).not.toEqual(inputOf(block).values)
  })
})
