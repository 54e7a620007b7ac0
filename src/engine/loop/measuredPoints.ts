import type { EvaluationPoint, StepPoint } from '../../domain/run.ts'
import type { EvaluationResult, Measurement } from '../executor.ts'

/** The first network whose loss is no number any more, and the step at which. */
export interface Divergence {
  readonly network: number
  /** Steps taken, that one included. */
  readonly step: number
  /** `Measurement.brokenAt` of that network; null where the executor does not know. */
  readonly brokenAt: string | null
}

/** Points of the steps after `taken`, up to the first at which a network diverged. */
export const stepPoints = (
  rows: readonly (readonly Measurement[])[],
  taken: number,
): { readonly points: readonly StepPoint[]; readonly divergence: Divergence | null } => {
  const bad = rows.findIndex((row) => row.some(isBroken))
  const good = bad === -1 ? rows : rows.slice(0, bad)
  const network = rows[bad]?.findIndex(isBroken) ?? 0
  return {
    points: good.map((row, i) => ({
      step: taken + i + 1,
      trainingErrors: row.map(({ error }) => error),
      losses: row.map(({ loss }) => loss),
    })),
    divergence:
      bad === -1
        ? null
        : {
            network,
            step: taken + bad + 1,
            brokenAt: rows[bad]?.[network]?.brokenAt ?? null,
          },
  }
}

const isBroken = ({ loss }: Measurement): boolean => !Number.isFinite(loss)

export const evaluationPoint = (step: number, results: readonly EvaluationResult[]): EvaluationPoint => ({
  step,
  trainingErrors: results.map(({ training }) => training.error),
  validationErrors: results.map(({ validation }) => validation.error),
  trainingLosses: results.map(({ training }) => training.loss),
  validationLosses: results.map(({ validation }) => validation.loss),
})
