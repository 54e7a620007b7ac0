import type { StoreApi } from 'zustand/vanilla'
import { costOf } from '../domain/cost.ts'
import {
  continuedStudy,
  isNewTo,
  missingExperiments,
  type StudyRecord,
  type StudyRequest,
  type StudyResult,
  withResults,
} from '../domain/study.ts'
import { remainingCost } from '../domain/studyCost.ts'
import { resultsOfFailure, resultsOfRun } from '../domain/studyResults.ts'
import type { StudyKind } from '../domain/studyVariants.ts'
import type { RunEvent } from '../protocol/messages.ts'
import type { RunState, StudyState } from './lab.ts'
import type { StoragePort } from './labPorts.ts'
import type { RunController } from './runController.ts'
import { writeStudy } from './studyStorage.ts'

/** Why a study came to an end before it was complete. */
export type StudyInterruption = 'stop' | 'reset' | 'set-up'

/** One experiment of a study after the other, as ordinary runs. */
export interface StudyController {
  /** Goes on with the kept study where this is the same, and begins anew where it is not. */
  readonly start: (request: StudyRequest) => void
  /** Ends the study that runs, if one does; what it has is kept. */
  readonly end: (by: StudyInterruption) => void
  readonly clear: (kind: StudyKind) => void
  readonly receive: (event: RunEvent) => void
}

const interruptions: Readonly<Record<StudyInterruption, string>> = {
  stop: 'was stopped',
  reset: 'ended with Reset',
  'set-up': 'ended because another set-up was opened',
}

/** A shorter run tells nothing of the device's speed. */
const leastSeconds = 0.5

const networksText = (count: number): string => (count === 1 ? '1 network is' : `${count} networks are`)

/** `leave` ends the runs of a study and brings the visitor's own back. */
export const createStudyController = (
  studies: StoreApi<StudyState>,
  runs: StoreApi<RunState>,
  running: Pick<RunController, 'startOfStudy'>,
  storage: StoragePort,
  leave: () => void,
): StudyController => {
  /** Experiments that were run since the study began or went on. */
  let done = 0

  const keep = (kind: StudyKind, record: StudyRecord | null): void => {
    studies.setState({ records: { ...studies.getState().records, [kind]: record } })
    writeStudy(storage, kind, record)
  }

  const finish = (kind: StudyKind, sentence: string): void => {
    studies.setState({ running: null, ended: { kind, sentence } })
    leave()
  }

  const runNext = (record: StudyRecord): void => {
    const { kind } = record.request
    const left = missingExperiments(record)
    const [current] = left
    if (current === undefined) {
      finish(kind, `The study of ${kind} is complete.`)
      return
    }
    studies.setState({
      running: { kind, current, experiment: done + 1, experiments: done + left.length },
      ended: null,
    })
    running.startOfStudy(current.spec)
  }

  const add = (record: StudyRecord, fresh: readonly StudyResult[]): void => {
    const next = withResults(record, fresh)
    done += 1
    keep(record.request.kind, next)
    runNext(next)
  }

  const end = (by: StudyInterruption): void => {
    const { running: now, records } = studies.getState()
    if (now === null) return
    const record = records[now.kind]
    const left = record === null ? 0 : remainingCost(record).networks
    finish(
      now.kind,
      `The study of ${now.kind} ${interruptions[by]}: ${networksText(left)} missing, and it can be continued.`,
    )
  }

  return {
    start: (request) => {
      end('stop')
      const record = continuedStudy(request, studies.getState().records[request.kind])
      done = 0
      keep(request.kind, record)
      runNext(record)
    },
    end,
    clear: (kind) => {
      if (studies.getState().running?.kind === kind) end('stop')
      studies.setState({ ended: null })
      keep(kind, null)
    },
    receive: (event) => {
      const { running: now, records } = studies.getState()
      const { run } = runs.getState()
      if (now === null || run === null || event.runId !== run.id) return
      const record = records[now.kind]
      if (record === null) return
      if (event.type === 'stopped') end('stop')
      if (event.type !== 'finished' && event.type !== 'failed') return
      if (event.type === 'finished' && run.seconds >= leastSeconds)
        studies.setState({ speed: costOf(run.spec).totalFlops / run.seconds })
      const failure = event.type === 'failed' ? event.failure : null
      const fresh = failure === null ? resultsOfRun(now.current, run) : resultsOfFailure(now.current, failure)
      if (isNewTo(record, fresh)) add(record, fresh)
      else finish(now.kind, `The study of ${now.kind} cannot go on. ${failure?.sentence ?? ''}`.trimEnd())
    },
  }
}
