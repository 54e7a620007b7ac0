import type { Browser } from 'playwright'
import type {} from '../src/app/main.tsx'
import { presetNamed } from '../src/domain/presets.ts'
import { short } from './formatTable.ts'
import { median, quantile } from './median.ts'

/** Time between two frames of the page (requestAnimationFrame), milliseconds. */
export interface Frames {
  readonly medianMs: number
  /** 95th percentile. */
  readonly slowMs: number
}

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
  /** From the first point to the last. */
  readonly frames: Frames
  /** In the seconds before the run, when nothing but the page has to be drawn. */
  readonly framesBefore: Frames
  /** From the verb to the verdict; null where only the beginning was watched. */
  readonly verdictSeconds: number | null
  /** What trained, in the page's own words. */
  readonly device: string
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
    }).observe({ type: 'longtask', buffered: true })
    globalThis.frameTimes = []
    const onFrame = (now) => { globalThis.frameTimes.push(now); requestAnimationFrame(onFrame) }
    requestAnimationFrame(onFrame)`)
  await page.goto(address)
  await page.waitForFunction(() => window.degradationLab !== undefined)
  // As a visitor would find it: settled.
  await page.waitForTimeout(3000)
  const started: number = await page.evaluate(() => {
    window.degradationLab?.controller.run()
    return performance.now()
  })
  /** Waits for a step; gives when it was there, by the page's clock. */
  const reach = (step: number, isFinished: boolean): Promise<number> =>
    page
      .waitForFunction(
        (least) => {
          const lab = window.degradationLab
          const run = lab?.runs.getState().run
          if (run?.status === 'failed') throw new Error(run.failure?.sentence)
          const isThere = (lab?.series.steps().at(-1)?.step ?? 0) >= least.step
          return isThere && (!least.isFinished || run?.status === 'finished') ? performance.now() : false
        },
        { step, isFinished },
        { timeout: 900_000, polling: 20 },
      )
      .then((handle) => handle.jsonValue())
      .then(Number)
  const firstPoint = await reach(1, false)
  const device = await page.evaluate(() => window.degradationLab?.runs.getState().run?.device ?? null)
  const isWhole = !quick || device?.executor === 'native'
  const steps = isWhole ? presetNamed('default').spec.recipe.steps : 60
  const last = await reach(steps, false)
  // The last evaluation, from which the verdict follows.
  const finished = isWhole ? await reach(steps, true) : null
  await page.waitForTimeout(1000)
  const tasks = await page.evaluate<[number, number][]>('globalThis.longTasks')
  const frameTimes = await page.evaluate<number[]>('globalThis.frameTimes')
  const seconds = await page.evaluate(() => window.degradationLab?.series.seconds() ?? 0)
  await context.close()
  return {
    device:
      device === null ? 'unknown' : `${device.executor} on ${device.backend}, ${device.threads} thread(s)`,
    firstPointMs: firstPoint - started,
    steps,
    seconds: (last - firstPoint) / 1000,
    verdictSeconds: finished === null ? null : (finished - started) / 1000,
    frames: framesIn(frameTimes, firstPoint, last),
    framesBefore: framesIn(frameTimes, started - 2000, started),
    longTasksMs: tasks.flatMap(([start, duration]) => (start >= firstPoint ? [duration] : [])),
    longTasksBeforeMs: tasks.flatMap(([start, duration]) => (start < firstPoint ? [duration] : [])),
    defaultExperimentSeconds: isWhole ? seconds : null,
  }
}

const framesIn = (times: readonly number[], from: number, to: number): Frames => {
  const within = times.filter((time) => time >= from && time <= to)
  const intervals = within.slice(1).map((time, index) => time - (within[index] ?? time))
  return { medianMs: median(intervals), slowMs: quantile(intervals, 0.95) }
}

const frameWords = ({ medianMs, slowMs }: Frames): string =>
  `${(1000 / medianMs).toFixed(0)} a second (median interval ${short(medianMs)} ms, 95th percentile ${short(slowMs)} ms)`

const list = (tasks: readonly number[]): string =>
  tasks.length === 0 ? 'none' : `${tasks.length}, longest ${Math.max(...tasks).toFixed(0)} ms`

/** Lines for people. */
export const formatPage = (report: PageReport): string =>
  [
    `Built page, default experiment, ${report.device}: ${report.steps} steps in ${report.seconds.toFixed(1)} s`,
    `  first point after the click: ${(report.firstPointMs / 1000).toFixed(1)} s`,
    ...(report.verdictSeconds === null
      ? []
      : [`  verdict after the click: ${report.verdictSeconds.toFixed(1)} s`]),
    `  frames while it trains: ${frameWords(report.frames)}`,
    `  and before: ${frameWords(report.framesBefore)}`,
    `  main-thread tasks over 50 ms while it trains: ${list(report.longTasksMs)}`,
    `  and before its first point: ${list(report.longTasksBeforeMs)}`,
  ].join('\n')
