import * as v from 'valibot'
import type {} from '../../src/app/main.tsx'

/** What a finished run leaves to compare. */
export const trainedSchema = v.object({
  weightsDigest: v.string(),
  /** The bits of every error and loss of every step and evaluation, as float64, base64. */
  measured: v.string(),
  executor: v.string(),
  threads: v.number(),
  isIsolated: v.boolean(),
  seconds: v.number(),
})

export type Trained = v.InferOutput<typeof trainedSchema>

/**
 * Trains what the page has opened, to its end. It is run in the page, so it may use nothing from outside of itself.
 * @throws Error with a sentence where the page does not come up, did not wholly understand its link, or the run fails
 */
export const trainInPage = async (): Promise<Trained> => {
  const until = async <T>(what: string, seconds: number, read: () => T | null | undefined): Promise<T> => {
    const start = performance.now()
    for (;;) {
      const value = read()
      if (value !== null && value !== undefined) return value
      if (performance.now() - start > seconds * 1000) throw new Error(`${what} took over ${seconds} seconds.`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  const lab = await until('Opening the page', 60, () => window.degradationLab)
  const { notices } = lab.spec.getState()
  if (notices.length > 0) throw new Error(notices.join(' '))
  lab.controller.run()
  const run = await until('Training', 300, () => {
    const present = lab.runs.getState().run
    return present !== null && ['finished', 'failed', 'stopped'].includes(present.status) ? present : null
  })
  if (run.device === null || run.weightsDigest === null) {
    throw new Error(run.failure?.sentence ?? `The run is ${run.status}.`)
  }
  const steps = lab.series.steps()
  if (steps.length !== run.spec.recipe.steps) throw new Error(`Only ${steps.length} steps have arrived.`)
  const numbers = [
    ...steps.flatMap((point) => [point.step, ...point.trainingErrors, ...point.losses]),
    ...lab.series
      .evaluations()
      .flatMap((point) => [
        point.step,
        ...point.trainingErrors,
        ...point.validationErrors,
        ...point.trainingLosses,
        ...point.validationLosses,
      ]),
  ]
  return {
    weightsDigest: run.weightsDigest,
    measured: btoa(String.fromCharCode(...new Uint8Array(Float64Array.from(numbers).buffer))),
    executor: run.device.executor,
    threads: run.device.threads,
    isIsolated: crossOriginIsolated,
    seconds: lab.series.seconds(),
  }
}
