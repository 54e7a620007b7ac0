import type { Page } from 'playwright'
import type { Measured } from './BenchRow.ts'
import { plansOf } from './benchCase.ts'
import type { Contestant } from './benchPlan.ts'
import type { Turn } from './harness.ts'
import type { PytorchPeer } from './pytorchPeer.ts'

/** A contender as the program sees it that calls them up by turns. */
export interface Competitor
  extends Contestant,
    Pick<Measured, 'buildMs' | 'firstStepMs' | 'networkBytes' | 'deviceBytes'> {
  turn(steps: number): Promise<Turn>
}

/** In the harness page, which must be open. */
export const startInPage = async (page: Page, { benchCase, entry }: Contestant): Promise<Competitor> => {
  const { executor, backend, places } = entry
  if (executor === 'pytorch') throw new Error('PyTorch does not run in a page.')
  const started = await page.evaluate((work) => window.benchHarness?.start(work.benchCase, work.entry), {
    benchCase,
    entry: { executor, backend, places },
  })
  if (started === undefined) throw new Error('The harness page is gone.')
  const { id, ...measured } = started
  return {
    benchCase,
    entry,
    ...measured,
    turn: async (steps) => {
      const turn = await page.evaluate((work) => window.benchHarness?.turn(work.id, work.steps), {
        id,
        steps,
      })
      if (turn === undefined) throw new Error('The harness page is gone.')
      return turn
    },
  }
}

/** One process for each worker, with its networks one after the other: all at once, as the lab's workers are. */
export const startInPytorch = async (
  peers: readonly PytorchPeer[],
  { benchCase, entry }: Contestant,
): Promise<Competitor> => {
  const plans = plansOf(benchCase, 'none')
  const work = peers.flatMap((peer, index) => {
    const own = entry.places.flatMap(({ worker, threads }, network) => {
      const plan = plans[network]
      return worker === index && plan !== undefined ? [{ plan, threads }] : []
    })
    const [first] = own
    return first === undefined ? [] : [{ peer, plans: own.map(({ plan }) => plan), threads: first.threads }]
  })
  const networks = await Promise.all(
    work.map(({ peer, plans: own, threads }) => peer.start(own, benchCase.batch, threads)),
  )
  return {
    benchCase,
    entry,
    // Its answer to the first command comes behind the first step.
    buildMs: null,
    firstStepMs: Math.max(...networks.map(({ firstStepMs }) => firstStepMs)),
    networkBytes: null,
    deviceBytes: null,
    turn: async (steps) => {
      const times = await Promise.all(networks.map((one) => one.turn(steps)))
      return { stepMs: Math.max(...times), keptMs: 0, launches: 0 }
    },
  }
}
