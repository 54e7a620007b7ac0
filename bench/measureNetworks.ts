import { cpus } from 'node:os'
import type { Browser } from 'playwright'
import type { BenchRow, LeftOut } from './BenchRow.ts'
import { benchPlan, type Contest, workersOf } from './benchPlan.ts'
import { startInPage, startInPytorch } from './competitors.ts'
import { type ContestReport, measureContest, type Patience } from './measureContest.ts'
import { openHarness } from './openHarness.ts'
import { openPytorchPeers, type PytorchPeer } from './pytorchPeer.ts'

export interface NetworksReport {
  readonly rows: readonly BenchRow[]
  readonly leftOut: readonly LeftOut[]
  /** Version of PyTorch; null where it was left out. */
  readonly pytorch: string | null
}

/** Every contest of the plan; PyTorch takes part where it is installed. */
export const measureNetworks = async (
  openBrowser: () => Promise<Browser>,
  address: string,
  isQuick: boolean,
): Promise<NetworksReport> => {
  const patience: Patience = isQuick
    ? { rounds: 5, slowRounds: 1, turnMs: 120, retries: 1 }
    : { rounds: 9, slowRounds: 3, turnMs: 300, retries: 4 }
  const plan = benchPlan(isQuick, cpus().length)
  const mostWorkers = Math.max(...plan.flatMap((contest) => contest.map(({ entry }) => workersOf(entry))))
  const peers = await openPytorchPeers(mostWorkers)
  if (peers.length === 0)
    console.error('PyTorch is left out: no python3 here has it (PYTHON names another one).')
  const rows: BenchRow[] = []
  const leftOut: LeftOut[] = []
  try {
    for (const contest of plan) {
      // A browser of its own: one that has compiled a shader keeps it, and the first steps of all that come later would be shorter.
      const browser = await openBrowser()
      try {
        const report = await measureIn(browser, address, contest, { peers, patience })
        rows.push(...report.rows)
        leftOut.push(...report.leftOut)
      } finally {
        await browser.close()
      }
    }
  } finally {
    for (const peer of peers) peer.close()
  }
  return { rows, leftOut, pytorch: peers[0]?.version ?? null }
}

const measureIn = async (
  browser: Browser,
  address: string,
  contest: Contest,
  { peers, patience }: { readonly peers: readonly PytorchPeer[]; readonly patience: Patience },
): Promise<ContestReport> => {
  const { page } = await openHarness(browser, address)
  const starters = contest.flatMap((contestant) => {
    if (contestant.entry.executor !== 'pytorch')
      return [{ contestant, start: () => startInPage(page, contestant) }]
    return peers.length === 0 ? [] : [{ contestant, start: () => startInPytorch(peers, contestant) }]
  })
  return measureContest(starters, patience)
}
