import { writeFileSync } from 'node:fs'
import { cpus, loadavg, release, type } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright'
import { browserArguments, ensureBrowser } from '../scripts/lib/browser.mjs'
import { compileEngine } from '../scripts/lib/compileEngine.mjs'
import { builtPage, ensureBuilt } from '../scripts/lib/ensureBuilt.mjs'
import { servePage } from '../scripts/lib/servePage.mjs'
import { serveSources } from '../scripts/parity/serveSources.ts'
import type { BenchReport } from './BenchReport.ts'
import { formatReport } from './formatReport.ts'
import { compileCeiling } from './kernels/compileCeiling.ts'
import { measureGrowth } from './measureGrowth.ts'
import { measureNetworks } from './measureNetworks.ts'
import { measurePage, type PageReport } from './measurePage.ts'
import { openHarness } from './openHarness.ts'

const usage = `Usage: npm run bench -- [--quick] [--gpu] [--only PART] [--json FILE]
PART: networks, kernels, growth or page`

interface Options {
  readonly isQuick: boolean
  readonly usesGpu: boolean
  readonly only: string | null
  readonly file: string | null
}

const parts = ['networks', 'kernels', 'growth', 'page']

/** Null where they are not understood. */
const readOptions = (args: string[]): Options | null => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        gpu: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'string' },
      },
    })
    const { quick, gpu, only, json } = values
    if (only !== undefined && !parts.includes(only)) return null
    return { isQuick: quick, usesGpu: gpu, only: only ?? null, file: json ?? null }
  } catch {
    return null
  }
}

type SourcesReport = Omit<BenchReport, 'machine' | 'page' | 'defaultExperimentSeconds'> & {
  readonly pytorch: string | null
}

const measureSources = async (
  openBrowser: () => Promise<Browser>,
  asks: (part: string) => boolean,
  isQuick: boolean,
): Promise<SourcesReport> => {
  await compileEngine()
  const server = await serveSources(['@tensorflow/tfjs'])
  const browser = await openBrowser()
  try {
    const { page, close } = await openHarness(browser, server.address)
    const renderer = await page.evaluate(() => window.benchHarness?.renderer())
    const kernels = asks('kernels') ? await measureAllKernels(page, isQuick) : noKernels
    await close()
    const networks = asks('networks')
      ? await measureNetworks(openBrowser, server.address, isQuick)
      : { rows: [], leftOut: [], pytorch: null }
    const growth = asks('growth') ? await measureGrowth(browser, server.address) : { rows: [], leftOut: [] }
    return {
      renderer: renderer ?? 'unknown',
      ...kernels,
      ...networks,
      growth: growth.rows,
      leftOut: [...networks.leftOut, ...growth.leftOut],
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

const noKernels: Pick<BenchReport, 'kernels' | 'glslCeilings' | 'denormals'> = {
  kernels: [],
  glslCeilings: [],
  denormals: [],
}

const measureAllKernels = async (page: Page, isQuick: boolean): Promise<typeof noKernels> => {
  const work = { ceiling: await compileCeiling(), isQuick }
  const native = await page.evaluate(
    (of) => window.benchHarness?.measureKernels(of.ceiling, of.isQuick),
    work,
  )
  const fused = await page.evaluate((of) => window.benchHarness?.measureFusedKernels(of.isQuick), work)
  const denormals = await page.evaluate((of) => window.benchHarness?.measureDenormals(of.isQuick), work)
  return {
    kernels: [...(native ?? []), ...(fused?.rows ?? [])],
    glslCeilings: fused?.ceilings ?? [],
    denormals: denormals ?? [],
  }
}

/** In a browser that draws as it does for a visitor: a page that is drawn by way of software WebGL takes the cores that train. */
const measureBuilt = async (executablePath: string, isQuick: boolean): Promise<PageReport> => {
  const built = await servePage({ directory: builtPage, ports: [0] })
  if (built === null) throw new Error('There is no free port to serve the page on.')
  const browser = await chromium.launch({ executablePath, args: argumentsFor(true) })
  try {
    return await measurePage(browser, built.address, isQuick)
  } finally {
    await browser.close()
    await built.close()
  }
}

const argumentsFor = (usesGpu: boolean): string[] =>
  browserArguments.filter((argument) => !(usesGpu && argument.includes('swiftshader')))

const measureAll = async ({ isQuick, usesGpu, only }: Options): Promise<BenchReport> => {
  const asks = (part: string): boolean => only === null || only === part
  const [loadBefore = Number.NaN] = loadavg()
  const executablePath = await ensureBrowser()
  if (executablePath === null) throw new Error('There is no Chromium or Chrome here to measure in.')
  if (asks('page') && !(await ensureBuilt())) throw new Error('The page could not be built.')
  let version = 'of unknown version'
  const openBrowser = async (): Promise<Browser> => {
    const browser = await chromium.launch({ executablePath, args: argumentsFor(usesGpu) })
    version = browser.version()
    return browser
  }
  const { pytorch, ...measured } = await measureSources(openBrowser, asks, isQuick)
  const page = asks('page') ? await measureBuilt(executablePath, isQuick) : null
  return {
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores: cpus().length,
      system: `${type()} ${release()}`,
      browser: `Chromium ${version}, headless`,
      pytorch,
      loadBefore,
      date: new Date().toISOString().slice(0, 10),
    },
    ...measured,
    page,
    defaultExperimentSeconds: page?.defaultExperimentSeconds ?? null,
  }
}

const main = async (args: string[]): Promise<number> => {
  const options = readOptions(args)
  if (options === null) {
    console.error(usage)
    return 2
  }
  const report = await measureAll(options)
  console.log(formatReport(report))
  if (options.file !== null) writeFileSync(resolve(options.file), `${JSON.stringify(report, null, 2)}\n`)
  return report.leftOut.length === 0 ? 0 : 1
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
