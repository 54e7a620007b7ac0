import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import type {} from '../../src/app/main.tsx'
import { curveLabel } from '../../src/domain/curveLabel.ts'
import type { ExperimentSpec } from '../../src/domain/experimentSpec.ts'
import type { Run } from '../../src/domain/run.ts'
import { createProgressWriter, type Progress, progressLine } from './progressLine.ts'

/** Without any progress for this long, seconds, something is broken. */
const patience = 180

const readProgress = (page: Page): Promise<Progress> =>
  page.evaluate(() => {
    const lab = window.degradationLab
    if (lab === undefined) throw new Error('The page was reloaded.')
    const { run, preparation } = lab.runs.getState()
    const last = lab.series.steps().at(-1)
    return {
      status: run?.status ?? 'not started',
      stage: preparation?.stage ?? null,
      stageFraction: preparation?.fraction ?? 0,
      step: last?.step ?? 0,
      seconds: lab.series.seconds(),
      trainingErrors: last?.trainingErrors ?? [],
    }
  })

/** The present run with its points. */
const readRun = (page: Page): Promise<Run> =>
  page.evaluate(() => {
    const lab = window.degradationLab
    const run = lab?.runs.getState().run
    if (lab === undefined || run == null) throw new Error('The page lost the run.')
    return {
      ...run,
      steps: [...lab.series.steps()],
      evaluations: [...lab.series.evaluations()],
      seconds: lab.series.seconds(),
    }
  })

/**
 * Gives the visitor's CIFAR-10 files to the page, through its file chooser.
 * @throws Error with the page's sentence where it refuses them.
 */
export const giveCifar = async (page: Page, files: readonly string[]): Promise<void> => {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files])
  await page.waitForFunction(
    () => {
      const cifar = window.degradationLab?.cifar.getState()
      return cifar !== undefined && (cifar.status === 'present' || cifar.refusal !== null)
    },
    undefined,
    { timeout: patience * 1000 },
  )
  const refusal = await page.evaluate(() => window.degradationLab?.cifar.getState().refusal ?? null)
  if (refusal !== null) throw new Error(`CIFAR-10: ${refusal}`)
}

/**
 * Runs the page's experiment to its end, with progress on stderr.
 * @returns the run with its points, whatever its end: its status says it
 * @throws Error with a sentence where the page stands still or is another experiment than asked for
 */
export const runInPage = async (page: Page, spec: ExperimentSpec): Promise<Run> => {
  const opened = await page.evaluate(() => {
    const state = window.degradationLab?.spec.getState()
    return { spec: state?.spec ?? null, notices: state?.notices ?? [] }
  })
  if (JSON.stringify(opened.spec) !== JSON.stringify(spec)) {
    throw new Error(['The page opened another experiment than asked for.', ...opened.notices].join('\n'))
  }
  const labels = spec.networks.map(curveLabel)
  const writer = createProgressWriter()
  await page.evaluate(() => window.degradationLab?.controller.run())
  let mark = ''
  let movedAt = performance.now()
  for (;;) {
    const progress = await readProgress(page)
    if (['finished', 'failed', 'stopped'].includes(progress.status)) break
    writer.write(progressLine(progress, spec.recipe.steps, labels))
    const { status, stage, stageFraction, step } = progress
    const now = `${status} ${stage} ${stageFraction} ${step}`
    if (now !== mark) movedAt = performance.now()
    mark = now
    if (performance.now() - movedAt > patience * 1000) {
      writer.end()
      throw new Error(
        `Nothing has moved for ${patience} seconds (${progressLine(progress, spec.recipe.steps, labels)}).`,
      )
    }
    await sleep(500)
  }
  writer.end()
  return readRun(page)
}
