import { memo } from 'react'
import type { SeriesStore } from '../../state/lab.ts'
import { trainingErrorText } from './trainingErrorText.ts'
import { useSeriesValue } from './useSeriesValue.ts'

/** Slow enough to be read aloud in front of a class. */
const calmIntervalMs = 500

export const TrainingError = memo(
  ({ series, network, shown }: { series: SeriesStore; network: number; shown: boolean }) => {
    const text = useSeriesValue(series, calmIntervalMs, (points) =>
      shown ? trainingErrorText(points, network) : '–',
    )
    return (
      <div className="pictures-error">
        <span className="pictures-percent">{text}</span>
        <span className="pictures-errorName">training error</span>
      </div>
    )
  },
)
