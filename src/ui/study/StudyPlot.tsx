import { chanceError } from '../../domain/comparison.ts'
import type { StudyRow } from '../../domain/studySummary.ts'

export const plotTicks = [0, 25, 50, 75, 100] as const

const percent = (error: number): string => `${Math.min(100, Math.max(0, error))}%`

interface StudyPlotProps {
  readonly row: StudyRow
  /** Training error of the network that trains now, percent; null where none does. */
  readonly live: number | null
}

/** Half the height of a seed's tick, pixels. */
const tick = 8

/** One variant on the axis of errors: each seed a tick, lowest to highest a line, the mean a marker; hollow while it trains. */
export const StudyPlot = ({ row: { variant, results, training }, live }: StudyPlotProps) => {
  const isPlain = variant.curve.shortcut === 'none'
  const seeds = results.flatMap((result) => (result.kind === 'finished' ? [result] : []))
  return (
    <svg className={`study-plot study-plot--${isPlain ? 'plain' : 'residual'}`} aria-hidden="true">
      {plotTicks.map((error) => (
        <line
          key={error}
          className="study-plot__grid"
          x1={percent(error)}
          x2={percent(error)}
          y1="0"
          y2="100%"
        />
      ))}
      <line
        className="study-plot__chance"
        x1={percent(chanceError)}
        x2={percent(chanceError)}
        y1="0"
        y2="100%"
      />
      {/* Vertically from the middle of the cell, however high it is. */}
      <svg className="study-plot__marks" y="50%" aria-hidden="true">
        {training === null ? null : (
          <line
            className="study-plot__range"
            x1={percent(training.least)}
            x2={percent(training.most)}
            y1="0"
            y2="0"
          />
        )}
        {seeds.map(({ seed, trainingError }) => (
          <line
            key={seed}
            className="study-plot__seed"
            x1={percent(trainingError)}
            x2={percent(trainingError)}
            y1={-tick}
            y2={tick}
          >
            <title>{`seed ${seed}: ${trainingError.toFixed(1)} %`}</title>
          </line>
        ))}
        {training === null ? null : (
          <Marker error={training.mean} isPlain={isPlain} className="study-plot__mean" />
        )}
        {live === null ? null : <Marker error={live} isPlain={isPlain} className="study-plot__live" />}
      </svg>
    </svg>
  )
}

interface MarkerProps {
  readonly error: number
  readonly isPlain: boolean
  readonly className: string
}

/** Plain networks are squares, those with shortcuts circles, as in every picture of the lab. */
const Marker = ({ error, isPlain, className }: MarkerProps) =>
  isPlain ? (
    <svg x={percent(error)} overflow="visible" aria-hidden="true">
      <rect className={className} x={-4.5} y={-4.5} width={9} height={9} />
    </svg>
  ) : (
    <circle className={className} cx={percent(error)} cy={0} r={5} />
  )
