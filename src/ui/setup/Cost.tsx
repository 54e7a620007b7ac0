import { useMemo } from 'react'
import { costOf } from '../../domain/cost.ts'
import { formatCount, formatDuration, formatFlops } from '../common/format.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { measuredSpeed } from './measuredSpeed.ts'

/** What the experiment costs: parameters, operations a step, and time as measured on this device. */
export const Cost = () => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  const cost = useMemo(() => costOf(spec), [spec])
  const isWaiting = useRuns((state) => state.specChangedSinceStart)
  const parameters = cost.networks.map((network) => network.parameters)
  const smallest = Math.min(...parameters)
  const largest = Math.max(...parameters)
  return (
    <div className="cost">
      <p>
        <b>
          {smallest === largest
            ? formatCount(largest)
            : `${formatCount(smallest)} to ${formatCount(largest)}`}
        </b>{' '}
        parameters · <b>{formatFlops(cost.stepFlops)}</b> a step
      </p>
      <MeasuredTime steps={spec.recipe.steps} stepFlops={cost.stepFlops} />
      <p className="cost__next">
        {isWaiting ? (
          <>
            <span className="badge">takes effect with the next run</span>
            <button
              type="button"
              className="link-button"
              onClick={() => {
                controller.reset()
                controller.run()
              }}
            >
              Start it
            </button>
          </>
        ) : null}
      </p>
    </div>
  )
}

const MeasuredTime = (props: { readonly steps: number; readonly stepFlops: number }) => {
  useSeriesTick(2000)
  const { series } = useLab()
  const run = useRuns((state) => state.run)
  const earlier = useRuns((state) => state.earlier[0])
  const present =
    run === null ? null : measuredSpeed(run.spec, series.steps().at(-1)?.step ?? 0, series.seconds())
  const speed =
    present ?? (earlier ? measuredSpeed(earlier.spec, earlier.steps.length, earlier.seconds) : null)
  return (
    <p>
      {speed === null ? (
        'Time on this device: known after the first run'
      ) : (
        <>
          about <b>{formatDuration((props.steps * props.stepFlops) / speed)}</b> for {props.steps} steps on
          this device
        </>
      )}
    </p>
  )
}
