import { useMemo } from 'react'
import { flopText } from '../../domain/adviseSpec.ts'
import { costOf } from '../../domain/cost.ts'
import { formatCount, formatDuration } from '../common/format.ts'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { measuredSpeed } from './measuredSpeed.ts'
import { SlowDeviceHint } from './SlowDeviceHint.tsx'

/** What the experiment costs: parameters, operations a step, and time as measured on this device. */
export const Cost = () => {
  const spec = useSpec((state) => state.spec)
  const cost = useMemo(() => costOf(spec), [spec])
  const isWaiting = useRuns((state) => state.specChangedSinceStart)
  const speed = useMeasuredSpeed()
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
        parameters
      </p>
      <p>
        <b>{flopText(cost.stepFlops)}</b> a step
      </p>
      <p>
        {speed === null ? (
          'Time: known after the first steps'
        ) : (
          <>
            about <b>{formatDuration(cost.totalFlops / speed)}</b> on this device
          </>
        )}
      </p>
      <p className="cost__next">{isWaiting ? <NextRun /> : <SlowDeviceHint speed={speed} />}</p>
    </div>
  )
}

/** Operations a second of the present run, else of the last one. */
const useMeasuredSpeed = (): number | null => {
  useSeriesTick(2000)
  const { series } = useLab()
  const run = useRuns((state) => state.run)
  const earlier = useRuns((state) => state.earlier[0])
  const present =
    run === null ? null : measuredSpeed(run.spec, series.steps().at(-1)?.step ?? 0, series.seconds())
  return present ?? (earlier ? measuredSpeed(earlier.spec, earlier.steps.length, earlier.seconds) : null)
}

const NextRun = () => {
  const { controller } = useLab()
  return (
    <>
      <span className="badge badge--next">takes effect with the next run</span>
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
  )
}
