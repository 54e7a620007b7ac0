import { useRef } from 'react'
import type { RunStatus } from '../../domain/run.ts'
import { epochOf } from '../../domain/series.ts'
import { formatDuration, formatRate } from '../common/format.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { PaceMeter, preparationWords } from './progressOf.ts'

/** How far the run is: track, step, epoch, time left, steps per second. Every number keeps its place. */
export const Progress = () => {
  useSeriesTick(250)
  const { series } = useLab()
  const run = useRuns((state) => state.run)
  const preparation = useRuns((state) => state.preparation)
  const setUp = useSpec((state) => state.spec)
  const meter = useRef(new PaceMeter())

  const spec = run?.spec ?? setUp
  const total = spec.recipe.steps
  const step = run === null ? 0 : (series.steps().at(-1)?.step ?? 0)
  const seconds = series.seconds()
  const pace = run === null ? null : meter.current.read(step, seconds)
  const isPreparing = run?.status === 'preparing' && step === 0
  const left = pace === null ? null : (total - step) / pace.average
  const width = String(total).length
  const fraction = preparation?.fraction ?? 0
  const isUnknown = isPreparing && (fraction === 0 || preparation?.stage === 'first-step')

  return (
    <div className="progress">
      <div
        className="progress__track"
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={step}
        aria-valuetext={isPreparing ? 'preparing' : `step ${step} of ${total}`}
      >
        <div
          key={isPreparing ? 'preparing' : 'training'}
          className={`progress__bar ${isPreparing ? 'progress__bar--preparing' : ''} ${isUnknown ? 'progress__bar--unknown' : ''}`}
          style={isUnknown ? undefined : { scale: `${isPreparing ? fraction : step / total} 1` }}
        />
      </div>
      {isPreparing && preparation !== null ? (
        <span className="progress__stage">{preparationWords(preparation, spec)}</span>
      ) : (
        <span className="progress__numbers">
          <span className="progress__step" style={{ '--digits': width }}>
            step {step} of {total}
          </span>
          <span className="progress__epoch">
            epoch {epochOf(step, spec.recipe.batchSize, spec.dataset.trainingImages).toFixed(1)}
          </span>
          <span className="progress__rate">{pace === null ? '' : `${formatRate(pace.now)} steps/s`}</span>
          <span className="progress__time">{timeWords(run?.status, step, seconds, left)}</span>
        </span>
      )}
    </div>
  )
}

const timeWords = (
  status: RunStatus | undefined,
  step: number,
  seconds: number,
  left: number | null,
): string => {
  if (status === 'finished' || status === 'failed') return step === 0 ? '' : formatDuration(seconds)
  return status === undefined || left === null ? '' : `${formatDuration(left)} left`
}
