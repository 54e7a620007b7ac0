import { useState } from 'react'
import { continuedStudy, isSameStudy, type StudyRecord, type StudyRequest } from '../../domain/study.ts'
import { remainingCost } from '../../domain/studyCost.ts'
import { formatDuration } from '../common/format.ts'
import { useLab } from '../common/useLab.ts'
import { networksText, runsText } from './studyWords.ts'
import { useDeviceSpeed } from './useStudyTime.ts'

interface StudyActionsProps {
  readonly request: StudyRequest
  /** What is kept of a study of this kind. */
  readonly record: StudyRecord | null
}

/** What the study that is set up costs, and its beginning. */
export const StudyActions = ({ request, record }: StudyActionsProps) => {
  const { controller } = useLab()
  const speed = useDeviceSpeed(2000)
  const [isAsking, ask] = useState(false)
  const isSame = record !== null && isSameStudy(request, record.request)
  const known = record?.results.length ?? 0
  const goingOn = continuedStudy(request, record)
  const isComplete = isSame && remainingCost(goingOn).networks === 0
  const cost = remainingCost(isComplete ? { request, results: [] } : goingOn)
  const isContinued = isSame && known > 0 && !isComplete
  const begin = () => {
    if (isComplete) controller.clearStudy(request.kind)
    controller.startStudy(request)
  }
  const time =
    speed === null
      ? 'time: known after the first steps of a run here'
      : `about ${formatDuration(cost.flops / speed)} on this device`
  return (
    <div className="study-actions">
      <button type="button" className={isComplete ? 'button' : 'button button--primary'} onClick={begin}>
        {isComplete ? 'Run it again' : isContinued ? 'Run what is missing' : 'Start the study'}
      </button>
      <p className="note">
        {networksText(cost.networks)} in {runsText(cost.experiments)}; {time}.
        {known > 0 && !isContinued ? ' The results below make room for the new ones.' : ''}
      </p>
      {known === 0 ? null : isAsking ? (
        <span className="study-actions__ask">
          <span>Forget these results?</span>
          <button
            type="button"
            className="button button--small"
            onClick={() => {
              ask(false)
              controller.clearStudy(request.kind)
            }}
          >
            Forget them
          </button>
          <button type="button" className="button button--small" onClick={() => ask(false)}>
            Keep them
          </button>
        </span>
      ) : (
        <button type="button" className="button button--quiet button--small" onClick={() => ask(true)}>
          Clear the results
        </button>
      )}
    </div>
  )
}
