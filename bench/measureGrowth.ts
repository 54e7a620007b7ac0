import type { Browser, CDPSession, Page } from 'playwright'
import type { LeftOut } from './BenchRow.ts'
import { type BenchCase, labelOf } from './benchCase.ts'
import type { GrowthRow, Held, Repeated } from './GrowthRow.ts'
import { openHarness } from './openHarness.ts'
import { reasonOf } from './reasonOf.ts'

/** Small, so that it is done often in little time; what is left behind each time is left behind by any network. */
const benchCase: BenchCase = {
  curves: [
    { depth: 8, shortcut: 'none' },
    { depth: 8, shortcut: 'A' },
  ],
  batch: 16,
}

/** A few of each before anything is counted: what is made once is made then. */
const firstTimes = 3

const repeated: readonly (readonly [Repeated, number])[] = [
  ['steps', 500],
  ['toggles', 50],
  ['rebuilds', 20],
]

/** What the fused executor leaves behind on the device and in JavaScript's heap, where it should be nothing. */
export const measureGrowth = async (
  browser: Browser,
  address: string,
): Promise<{ readonly rows: readonly GrowthRow[]; readonly leftOut: readonly LeftOut[] }> => {
  const { page, close } = await openHarness(browser, address)
  try {
    return { rows: await measureIn(page), leftOut: [] }
  } catch (error) {
    const left: LeftOut = {
      label: `${labelOf(benchCase)}, what it leaves behind`,
      batch: benchCase.batch,
      executor: 'fused',
      backend: 'webgl',
      reason: reasonOf(error),
    }
    return { rows: [], leftOut: [left] }
  } finally {
    await close()
  }
}

const measureIn = async (page: Page): Promise<readonly GrowthRow[]> => {
  const session = await page.context().newCDPSession(page)
  await page.evaluate((of) => window.benchHarness?.growth.open(of), benchCase)
  for (const [what] of repeated) await repeat(page, what, firstTimes)
  const rows: GrowthRow[] = []
  for (const [what, times] of repeated) {
    const before = await heldBy(page, session)
    const ms = (await repeat(page, what, times)) / times
    const after = await heldBy(page, session)
    const { batch } = benchCase
    rows.push({ executor: 'fused', label: labelOf(benchCase), batch, what, times, before, after, ms })
  }
  return rows
}

const repeat = async (page: Page, what: Repeated, times: number): Promise<number> => {
  const ms = await page.evaluate((of) => window.benchHarness?.growth.repeat(of.what, of.times), {
    what,
    times,
  })
  if (ms === undefined) throw new Error('The harness page is gone.')
  return ms
}

const heldBy = async (page: Page, session: CDPSession): Promise<Held> => {
  const device = await page.evaluate(() => window.benchHarness?.growth.held())
  if (device === undefined) throw new Error('The harness page is gone.')
  // Twice: what a finalizer lets go of is collected by the second.
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  return { ...device, heapBytes: usedSize + backingStorageSize }
}
