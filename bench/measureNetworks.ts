import { cpus } from 'node:os'
import type { Browser } from 'playwright'
import type { BenchRow } from './BenchRow.ts'
import { benchPlan, workersOf } from './benchPlan.ts'
import { startInPage, startInPytorch } from './competitors.ts'
import { measureCase, type Patience } from './measureCase.ts'
import { openHarness } from './openHarness.ts'
import { openPytorchPeers } from './pytorchPeer.ts'

export interface NetworksReport {
  readonly rows: readonly BenchRow[]
  /** Version of PyTorch; null where it was left out. */
  readonly pytorch: string | null
}

/** Every case of the plan, each in a page of its own; PyTorch takes part where it is installed. */
export const measureNetworks = async (
  browser: Browser,
  address: string,
  isQuick: boolean,
): Promise<NetworksReport> => {
  const patience: Patience = isQuick
    ? { rounds: 5, slowRounds: 1, turnMs: 120, retries: 1 }
    : { rounds: 9, slowRounds: 3, turnMs: 300, retries: 4 }
  const plan = benchPlan(isQuick, cpus().length)
  const mostWorkers = Math.max(...plan.flatMap(({ entries }) => entries.map(workersOf)))
  const peers = await openPytorchPeers(mostWorkers)
  if (peers.length === 0)
    console.error('PyTorch is left out: no python3 here has it (PYTHON names another one).')
  const rows: BenchRow[] = []
  try {
    for (const { benchCase, entries } of plan) {
      const { page, close } = await openHarness(browser, address)
      const starts = entries.flatMap((entry) => {
        if (entry.executor !== 'pytorch') return [() => startInPage(page, benchCase, entry)]
        return peers.length === 0 ? [] : [() => startInPytorch(peers, benchCase, entry)]
      })
      rows.push(...(await measureCase(benchCase, starts, patience)))
      await close()
    }
  } finally {
    for (const peer of peers) peer.close()
  }
  return { rows, pytorch: peers[0]?.version ?? null }
}
