import { curveLabel } from '../domain/curveLabel.ts'
import type { Run } from '../domain/run.ts'
import { epochOf } from '../domain/series.ts'

/**
 * Every measurement of a run, a line each: network, step, epoch, metric, value. Errors are percentages, losses nats.
 * `training_error` and `training_loss` are of a step's minibatch, before its update; `training_subset_*` and `validation_*` are of
 * the two fixed subsets, with recomputed batch-norm statistics.
 */
export const metricsCsv = ({
  spec,
  steps,
  evaluations,
}: Pick<Run, 'spec' | 'steps' | 'evaluations'>): string => {
  const { batchSize } = spec.recipe
  const lines = ['network,step,epoch,metric,value']
  spec.networks.forEach((curve, network) => {
    const label = curveLabel(curve)
    const write = (step: number, metric: string, values: readonly number[]): void => {
      const value = values[network]
      if (value === undefined) return
      const epoch = Number(epochOf(step, batchSize, spec.dataset.trainingImages).toPrecision(6))
      lines.push(`${label},${step},${epoch},${metric},${Number(value.toPrecision(7))}`)
    }
    for (const point of steps) {
      write(point.step, 'training_error', point.trainingErrors)
      write(point.step, 'training_loss', point.losses)
    }
    for (const point of evaluations) {
      write(point.step, 'training_subset_error', point.trainingErrors)
      write(point.step, 'training_subset_loss', point.trainingLosses)
      write(point.step, 'validation_error', point.validationErrors)
      write(point.step, 'validation_loss', point.validationLosses)
    }
  })
  return `${lines.join('\n')}\n`
}
