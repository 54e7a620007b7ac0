import type { ExperimentSpec } from '../experimentSpec.ts'
import { presetNamed } from '../presets.ts'
import { randomStream } from '../random.ts'
import type { Mark, RunStatus } from '../run.ts'
import type { VerdictInput } from '../verdictParts.ts'

export interface Made {
  readonly spec?: ExperimentSpec
  readonly steps?: number
  readonly status?: RunStatus
  /** Deviation of a minibatch's error, points. */
  readonly spread?: number
  readonly marks?: readonly Mark[]
  readonly failure?: VerdictInput['failure']
}

/** A run whose networks have these training errors, each minibatch off by a little; `errorsAt` may depend on the step. */
export const runWith = (
  errorsAt: readonly number[] | ((step: number) => readonly number[]),
  made: Made = {},
): VerdictInput => {
  const {
    spec = presetNamed('default').spec,
    steps = 300,
    status = 'finished',
    spread = 4,
    marks = [],
    failure = null,
  } = made
  const stream = randomStream(1, 'test/verdict')
  return {
    spec,
    status,
    marks,
    failure,
    evaluations: [],
    steps: Array.from({ length: steps }, (_, i) => {
      const errors = typeof errorsAt === 'function' ? errorsAt(i + 1) : errorsAt
      return {
        step: i + 1,
        trainingErrors: errors.map((error) => error + spread * stream.normal()),
        losses: errors.map(() => 1),
      }
    }),
  }
}

/** Shortcuts of a network switched at a step. */
export const switchMark = (step: number, network: number, to: 0 | 1, overSteps = 0): Mark => ({
  kind: 'intervention',
  step,
  intervention: { kind: 'shortcuts', step, network, blocks: 'all', to, overSteps },
})
