import { memo } from 'react'
import { finalMinibatches } from '../../domain/run.ts'
import type { SeriesStore } from '../../state/lab.ts'
import { percentText, trainingErrorAfter } from './trainingErrorAfter.ts'
import { useCalmSteps } from './useCalmSteps.ts'

/** A network's present training error, or the last run's until the next one begins; a dash where there is none. */
export const TrainingError = memo(
  ({
    series,
    network,
    label,
    ranAs,
  }: {
    series: SeriesStore
    network: number
    label: string
    /** What the last run called the network in this place, where the picture already shows the next one. */
    ranAs: string | null
  }) => {
    const count = useCalmSteps(series)
    const error = trainingErrorAfter(series.steps(), count, network)
    const isOfLastRun = ranAs !== null && error !== null
    return (
      <div
        className={isOfLastRun ? 'pictures-error pictures-errorBefore' : 'pictures-error'}
        title={`Training error${isOfLastRun ? ` of ${ranAs} in the last run` : ''}: mean of the last ${finalMinibatches} minibatches`}
      >
        <span className="pictures-percent">{error === null ? '–' : percentText(error)}</span>
        <span className="pictures-errorName">
          {!isOfLastRun ? 'training error' : ranAs === label ? 'last run' : `was ${ranAs}`}
        </span>
      </div>
    )
  },
)
