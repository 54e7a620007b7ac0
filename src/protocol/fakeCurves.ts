import { blockCountOf } from '../domain/curveSpec.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import {
  applyShortcutIntervention,
  constantStrengths,
  type ShortcutIntervention,
  type StrengthRamps,
  strengthAt,
} from '../domain/interventions.ts'
import { randomStream } from '../domain/random.ts'
import type { EvaluationPoint, StepPoint } from '../domain/run.ts'

/** Invented, plausible curves of one run: deep networks without shortcuts learn slowly, all others quickly. */
export interface FakeCurves {
  /** Steps taken. */
  readonly taken: () => number
  readonly switchShortcuts: (intervention: ShortcutIntervention) => void
  readonly trainStep: () => StepPoint
  readonly evaluate: () => EvaluationPoint
}

const chance = 90

const rateOf = (depth: number, ramps: StrengthRamps, step: number): number => {
  const strength = ramps.reduce((sum, ramp) => sum + strengthAt(ramp, step), 0) / Math.max(1, ramps.length)
  return 0.006 * (strength + (1 - strength) * Math.min(1, (10 / depth) ** 2.5))
}

export const createFakeCurves = ({ networks, seed }: ExperimentSpec): FakeCurves => {
  const noise = randomStream(seed, 'fake')
  let ramps = networks.map((curve) =>
    constantStrengths(blockCountOf(curve), curve.shortcut === 'none' ? 0 : 1),
  )
  /** 0 … 1 how far each network has learned. */
  let learned: readonly number[] = networks.map(() => 0)
  let taken = 0

  return {
    taken: () => taken,
    switchShortcuts: (intervention) => {
      ramps = ramps.map((ofNetwork, network) =>
        network === intervention.network ? applyShortcutIntervention(ofNetwork, intervention) : ofNetwork,
      )
    },
    trainStep: () => {
      learned = learned.map((before, network) => {
        const rate = rateOf(networks[network]?.depth ?? 8, ramps[network] ?? [], taken)
        return before + rate * (1 - before) * Math.min(1, taken / 60)
      })
      taken += 1
      const errors = learned.map((share) => {
        const error = chance * (1 - share) + 5 * noise.normal()
        return Math.min(100, Math.max(0, error))
      })
      return { step: taken, trainingErrors: errors, losses: errors.map((error) => error / 39) }
    },
    evaluate: () => {
      const training = learned.map((share) => chance * (1 - share))
      return {
        step: taken,
        trainingErrors: training,
        validationErrors: training.map((error) => Math.min(chance, error + 5)),
        trainingLosses: training.map((error) => error / 39),
        validationLosses: training.map((error) => error / 36),
      }
    },
  }
}
