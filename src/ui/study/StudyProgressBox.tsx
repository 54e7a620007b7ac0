import type { StudyRecord } from '../../domain/study.ts'
import type { StudyProgress } from '../../state/lab.ts'
import { isGoing } from '../bar/useShortcuts.ts'
import { formatDuration, formatList } from '../common/format.ts'
import { useLab, useRuns } from '../common/useLab.ts'
import { flopsLeft, useDeviceSpeed, useRunShare } from './useStudyTime.ts'

interface StudyProgressBoxProps {
  readonly progress: StudyProgress
  readonly record: StudyRecord
  /** Closes the panel: the page behind it shows the run. */
  readonly close: () => void
}

/** Where the study that runs stands, and what can be done with it. */
export const StudyProgressBox = ({ progress, record, close }: StudyProgressBoxProps) => {
  const { controller } = useLab()
  const going = useRuns(isGoing)
  const isPaused = useRuns(({ run }) => run?.status === 'paused')
  const speed = useDeviceSpeed(500)
  const share = useRunShare()
  const { current, experiment, experiments } = progress
  const left = speed === null ? null : flopsLeft(record, progress, share) / speed
  return (
    <div className="study-progress">
      <div
        className="study-progress__track"
        role="progressbar"
        aria-label="Progress of the study"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor((100 * (experiment - 1 + share)) / experiments)}
      >
        <div
          className="study-progress__bar"
          style={{ scale: `${(experiment - 1 + share) / experiments} 1` }}
        />
      </div>
      <p role="status">
        <b>
          Run {experiment} of {experiments}
        </b>
        , seed {current.seed}: {formatList(current.variants.map(({ name }) => name))}
      </p>
      <p className="note study-progress__time">
        {isPaused ? 'Paused. ' : null}
        {left === null ? 'Time left: known after the first steps.' : `About ${formatDuration(left)} left.`}
      </p>
      <div className="study-progress__buttons">
        <button type="button" className="button" onClick={going ? controller.pause : controller.run}>
          {going ? 'Pause' : 'Resume'}
        </button>
        <button type="button" className="button" onClick={controller.stopStudy}>
          Stop
        </button>
        <button type="button" className="button button--quiet" onClick={close}>
          Watch it train
        </button>
      </div>
    </div>
  )
}
