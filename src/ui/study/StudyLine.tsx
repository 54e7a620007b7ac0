import { useStore } from 'zustand'
import type { StudyRecord } from '../../domain/study.ts'
import type { StudyProgress } from '../../state/lab.ts'
import { formatDuration } from '../common/format.ts'
import { useLab, useRuns } from '../common/useLab.ts'
import { Banner } from '../notices/Banner.tsx'
import { flopsLeft, useDeviceSpeed, useRunShare } from './useStudyTime.ts'

/** While a study runs, or has just ended: what the page is doing, and the way to it. Nothing otherwise. */
export const StudyLine = ({ open }: { readonly open: () => void }) => {
  const { study } = useLab()
  const running = useStore(study, (state) => state.running)
  const ended = useStore(study, (state) => state.ended)
  const record = useStore(study, ({ records }) => (running === null ? null : records[running.kind]))
  if (running !== null && record !== null) return <Running progress={running} record={record} open={open} />
  return ended === null ? null : <Ended sentence={ended.sentence} open={open} />
}

interface RunningProps {
  readonly progress: StudyProgress
  readonly record: StudyRecord
  readonly open: () => void
}

const Running = ({ progress, record, open }: RunningProps) => {
  const { controller } = useLab()
  const isPaused = useRuns(({ run }) => run?.status === 'paused')
  const speed = useDeviceSpeed(2000)
  const share = useRunShare()
  const { kind, experiment, experiments, current } = progress
  return (
    <Banner
      tone="calm"
      title={`A study of ${kind} is ${isPaused ? 'paused' : 'running'}`}
      actions={
        <>
          <button type="button" className="button button--small" onClick={open}>
            Show it
          </button>
          <button type="button" className="button button--small" onClick={controller.stopStudy}>
            Stop it
          </button>
        </>
      }
    >
      Run {experiment} of {experiments}, seed {current.seed}
      {speed === null ? '' : `; about ${formatDuration(flopsLeft(record, progress, share) / speed)} left`}.
      Your own set-up waits unchanged.
    </Banner>
  )
}

const Ended = ({ sentence, open }: { readonly sentence: string; readonly open: () => void }) => {
  const { controller } = useLab()
  return (
    <Banner
      tone="calm"
      onDismiss={controller.dismissStudyEnd}
      actions={
        <button type="button" className="button button--small" onClick={open}>
          Show the results
        </button>
      }
    >
      {sentence}
    </Banner>
  )
}
