import type { Browser } from 'playwright'
import type {} from '../src/app/main.tsx'
import { presetNamed } from '../src/domain/presets.ts'

/** How the built page behaves while the default experiment trains. */
export interface PageReport {
  /** From the verb to the first point of a step, data and networks included, milliseconds. */
  readonly firstPointMs: number
  /** Steps that were watched. */
  readonly steps: number
  /** Time from the first to the last of them, evaluations included, seconds. */
  readonly seconds: number
  /** Tasks of the main thread over 50 ms (the Long Tasks API's bound) from the first point on; each in milliseconds. */
  readonly longTasksMs: readonly number[]
  /** The same before the first point, while the page loads, draws thumbnails and prepares. */
  readonly longTasksBeforeMs: readonly number[]
  /** Whole default experiment, seconds; null where only its beginning was watched. */
  readonly defaultExperimentSeconds: number | null
}

/** Opens the page, runs the default experiment (its beginning, where `quick`) and watches the main thread. */
export const measurePage = async (browser: Browser, address: string, quick: boolean): Promise<PageReport> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await page.addInitScript(`
    globalThis.__name = (f) => f
    globalThis.longTasks = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.longTasks.push([entry.startTime, entry.duration])
    }).observe({ type: 'longtask', buffered: true })`)
  await page.goto(address)
  await page.waitForFunction(() => window.degradationLab !== undefined)
  // As a visitor would find it: settled.
  await page.waitForTimeout(3000)
  const started: number = await page.evaluate(() => {
    window.degradationLab?.controller.run()
    return performance.now()
  })
  const wanted = quick ? 60 : presetNamed('default').spec.recipe.steps
  const reach = (step: number): Promise<number> =>
    page
      .waitForFunction(
        (least) => {
          const lab = window.degradationLab
          const run = lab?.runs.getState().run
          if (run?.status === 'failed') throw new Error(run.failure?.sentence)
          return (lab?.series.steps().at(-1)?.step ?? 0) >= least ? performance.now() : false
        },
        step,
        { timeout: 900_000, polling: 20 },
      )
      .then((handle) => handle.jsonValue())
      .then(Number)
  const firstPoint = await reach(1)
  const last = await reach(wanted)
  // The last evaluation, and what the page draws of it.
  if (!quick)
    await page.waitForFunction(() => window.degradationLab?.runs.getState().run?.status === 'finished')
  await page.waitForTimeout(1000)
  const tasks = await page.evaluate<[number, number][]>('globalThis.longTasks')
  const seconds = await page.evaluate(() => window.degradationLab?.series.seconds() ?? 0)
  await context.close()
  return {
    firstPointMs: firstPoint - started,
    steps: wanted,
    seconds: (last - firstPoint) / 1000,
    longTasksMs: tasks.flatMap(([start, duration]) => (start >= firstPoint ? [duration] : [])),
    longTasksBeforeMs: tasks.flatMap(([start, duration]) => (start < firstPoint ? [duration] : [])),
    defaultExperimentSeconds: quick ? null : seconds,
  }
}

const list = (tasks: readonly number[]): string =>
  tasks.length === 0 ? 'none' : `${tasks.length}, longest ${Math.max(...tasks).toFixed(0)} ms`

/** Lines for people. */
export const formatPage = (report: PageReport): string =>
  [
    `Built page, default experiment, ${report.steps} steps in ${report.seconds.toFixed(1)} s`,
    `  first point after the click: ${(report.firstPointMs / 1000).toFixed(1)} s`,
    `  main-thread tasks over 50 ms while it trains: ${list(report.longTasksMs)}`,
    `  and before its first point: ${list(report.longTasksBeforeMs)}`,
  ].join('\n')
