import { memo } from 'react'
import type { RunState } from '../../state/lab.ts'

const stageWords = {
  loading: 'Loading the trainer',
  data: 'Preparing the images',
  networks: 'Building the networks',
  'first-step': 'Compiling the first step',
} as const

/** What stands in the middle of the axes while there is no curve yet. */
export const CurvesNote = memo(
  ({
    preparation,
    networks,
    steps,
    isStarting,
  }: {
    preparation: RunState['preparation']
    networks: number
    steps: number
    isStarting: boolean
  }) => {
    if (preparation !== null)
      return (
        <p className="curves-note">
          {stageWords[preparation.stage]}
          {preparation.fraction > 0 && preparation.fraction < 1
            ? ` · ${Math.round(100 * preparation.fraction)} %`
            : ' …'}
        </p>
      )
    if (isStarting) return null
    return (
      <p className="curves-note">
        <b>Nothing has run yet.</b>
        Run trains these {networks} networks here, on the same batches, for {steps} steps; their curves appear
        as they learn.
      </p>
    )
  },
)
