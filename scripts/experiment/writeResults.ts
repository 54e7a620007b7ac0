import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { Run } from '../../src/domain/run.ts'
import { figureSvg } from '../../src/export/figureSvg.ts'
import { metricsCsv } from '../../src/export/metricsCsv.ts'
import { type RunReport, runReport } from '../../src/export/runReport.ts'
import { root } from '../lib/root.mjs'

/** The figure's drawing, and how many pixels each of its own becomes: 400 a print inch at 7.2 inches. */
const figure = { width: 960, height: 640, theme: 'light' } as const
const figureScale = 3

const version = (): string => String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)

/** A picture of an SVG, drawn by the browser in the page's own type. */
const drawFigure = async (page: Page, address: string, svg: string, file: string): Promise<void> => {
  const browser = page.context().browser()
  if (browser === null) throw new Error('The browser is gone.')
  const context = await browser.newContext({ deviceScaleFactor: figureScale, serviceWorkers: 'block' })
  const sheet = await context.newPage()
  // The built page has the typefaces; its content gives way to the figure.
  await sheet.goto(address)
  await sheet.evaluate(async (text) => {
    const holder = document.createElement('div')
    holder.id = 'figure'
    holder.style.cssText = 'position: absolute; inset: 0 auto auto 0; line-height: 0'
    holder.innerHTML = text
    document.body.replaceChildren(holder)
    await Promise.all([...document.fonts].map((font) => font.load().catch(() => undefined)))
  }, svg)
  await sheet.locator('#figure > svg').screenshot({ path: file })
  await context.close()
}

/**
 * Writes `run.json`, `metrics.csv` and `figure.png` into a folder, which is made where it is not there.
 * @param page any open page of the browser that is to draw the figure
 * @param address of the served page
 */
export const writeResults = async (
  run: Run,
  directory: string,
  page: Page,
  address: string,
): Promise<RunReport> => {
  const report = runReport(run, version())
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'run.json'), `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(join(directory, 'metrics.csv'), metricsCsv(run))
  await drawFigure(page, address, figureSvg(run, figure), join(directory, 'figure.png'))
  return report
}

/** What was measured before a run failed is worth keeping; an archive is only of a finished run. */
export const writeMeasured = (run: Run, directory: string): void => {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'metrics.csv'), metricsCsv(run))
}
