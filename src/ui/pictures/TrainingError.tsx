import { memo } from 'react'
import type { SeriesStore } from '../../state/lab.ts'
import { percentText, trainingErrorAfter } from './trainingErrorAfter.ts'
import { useCalmSteps } from './useCalmSteps.ts'

/** A network's present training error; a dash where there is none. */
export const TrainingError = memo(
  ({ series, network, shown }: { series: SeriesStore; network: number; shown: boolean }) => {
    const count = useCalmSteps(series)
    const error = shown ? trainingErrorAfter(series.steps(), count, network) : null
    return (
      <div className="pictures-error">
        <span className="pictures-percent">{error === null ? '–' : percentText(error)}</span>
        <span className="pictures-errorName">training error</span>
      </div>
    )
  },
)
