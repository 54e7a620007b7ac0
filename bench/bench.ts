import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { chromium } from 'playwright'
import { browserArguments, ensureBrowser } from '../scripts/lib/browser.mjs'
import { builtPage, ensureBuilt } from '../scripts/lib/ensureBuilt.mjs'
import { servePage } from '../scripts/lib/servePage.mjs'
import { serveSources } from '../scripts/parity/serveSources.ts'
import type { BenchReport, BenchRow } from './BenchRow.ts'
import { benchPlan } from './benchPlan.ts'
import { formatRows } from './formatRows.ts'
import { formatPage, measurePage } from './measurePage.ts'

const usage = 'Usage: npm run bench -- [--quick] [--gpu] [--json FILE]'

const measureAll = async (isQuick: boolean, usesGpu: boolean): Promise<BenchReport> => {
  const executablePath = await ensureBrowser()
  if (executablePath === null) throw new Error('There is no Chromium or Chrome here to measure in.')
  if (!(await ensureBuilt())) throw new Error('The page could not be built.')
  const built = await servePage({ directory: builtPage, ports: [0] })
  if (built === null) throw new Error('There is no free port to serve the page on.')
  const server = await serveSources(['@tensorflow/tfjs'])
  const args = browserArguments.filter((argument) => !(usesGpu && argument.includes('swiftshader')))
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage()
    page.on('console', (message) => console.error(message.text()))
    await page.goto(`${server.address}bench/harness.html`)
    await page.waitForFunction(() => window.benchHarness !== undefined, undefined, { timeout: 120_000 })
    const plan = benchPlan(isQuick)
    const renderer = await page.evaluate(
      async (backends) => window.benchHarness?.open(backends),
      plan.backends,
    )
    const rows: BenchRow[] = []
    for (const { benchCase, entries, rounds } of plan.cases) {
      const measured = await page.evaluate(
        async (work) => window.benchHarness?.measure(work.benchCase, work.entries, work.rounds),
        { benchCase, entries, rounds },
      )
      rows.push(...(measured ?? []))
    }
    await page.close()
    return {
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores: cpus().length,
      browser: `Chromium ${browser.version()}, headless`,
      renderer: renderer ?? 'unknown',
      date: new Date().toISOString().slice(0, 10),
      rows,
      page: await measurePage(browser, built.address, isQuick),
    }
  } finally {
    await browser.close()
    await server.close()
    await built.close()
  }
}

const main = async (argv: readonly string[]): Promise<number> => {
  const known = ['--quick', '--gpu', '--json']
  const jsonAt = argv.indexOf('--json')
  const file = jsonAt < 0 ? null : argv[jsonAt + 1]
  const unknown = argv.find((argument, at) => !known.includes(argument) && at !== jsonAt + 1)
  if (unknown !== undefined || file === undefined) {
    console.error(usage)
    return 2
  }
  const report = await measureAll(argv.includes('--quick'), argv.includes('--gpu'))
  console.log(`${report.processor}, ${report.cores} cores; ${report.browser}; ${report.renderer}`)
  console.log(formatRows(report.rows))
  console.log(formatPage(report.page))
  if (file !== null) writeFileSync(resolve(file), `${JSON.stringify(report, null, 2)}\n`)
  return 0
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
