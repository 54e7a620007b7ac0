import { expect, type Locator, type Page } from '@playwright/test'
import type {} from '../src/app/main.tsx'
import type { ExperimentSpec } from '../src/domain/experimentSpec.ts'
import type { EvaluationPoint, Mark, StepPoint } from '../src/domain/run.ts'
import { hashOf } from './smallExperiment.ts'

/** What was measured, for tests that compare runs number by number. */
export interface Measured {
  readonly steps: readonly StepPoint[]
  readonly evaluations: readonly EvaluationPoint[]
  readonly marks: readonly Mark[]
}

/** The lab as a person meets it: by what its controls are called. */
export class LabPage {
  readonly page: Page
  readonly address: string

  constructor(page: Page, address: string) {
    this.page = page
    this.address = address
  }

  /** Opens the page with this hash, or with this experiment's link. */
  async open(experiment: ExperimentSpec | string = ''): Promise<void> {
    const hash = typeof experiment === 'string' ? experiment : hashOf(experiment)
    await this.page.goto(hash === '' ? this.address : `${this.address}#${hash}`)
    await expect(this.runButton).toBeVisible()
  }

  get training(): Locator {
    return this.page.getByRole('group', { name: 'Training' })
  }

  /** Run, Pause, Resume or Run again: the one main button. */
  get runButton(): Locator {
    return this.training.getByRole('button', { name: /^(Run|Pause|Resume|Run again)$/ })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  get pauseButton(): Locator {
    return this.training.getByRole('button', { name: 'Pause' })
  }

  get resumeButton(): Locator {
    return this.training.getByRole('button', { name: 'Resume' })
  }

  get progress(): Locator {
    return this.page.getByRole('progressbar', { name: 'Progress of the run' })
  }

  async step(): Promise<number> {
    return Number(await this.progress.getAttribute('aria-valuenow'))
  }

  /** Waits until this many steps are trained. */
  async reachStep(step: number, timeout = 90_000): Promise<void> {
    await expect.poll(() => this.step(), { timeout }).toBeGreaterThanOrEqual(step)
  }

  /** Waits until the run has ended by itself. */
  async finish(timeout = 90_000): Promise<void> {
    await expect(this.training.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout })
  }

  /** What the present run has measured so far. */
  measured(): Promise<Measured> {
    return this.page.evaluate(() => {
      const lab = window.degradationLab
      if (lab === undefined) throw new Error('The page does not offer its lab.')
      return {
        steps: [...lab.series.steps()],
        evaluations: [...lab.series.evaluations()],
        marks: lab.runs.getState().run?.marks ?? [],
      }
    })
  }

  /** `crossOriginIsolated` of the page and of each of its workers. */
  isolation(): Promise<readonly boolean[]> {
    const isIsolated = (): boolean => globalThis.crossOriginIsolated
    const workers = this.page.workers().map((worker) => worker.evaluate(isIsolated))
    return Promise.all([this.page.evaluate(isIsolated), ...workers])
  }

  /** The set-up that the page shows. */
  spec(): Promise<ExperimentSpec> {
    return this.page.evaluate(() => {
      const lab = window.degradationLab
      if (lab === undefined) throw new Error('The page does not offer its lab.')
      return lab.spec.getState().spec
    })
  }
}
