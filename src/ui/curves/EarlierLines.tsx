import { memo, useMemo } from 'react'
import type { Run } from '../../domain/run.ts'
import { smoothed } from '../../domain/series.ts'
import { networkStyles } from '../pictures/networkStyle.ts'
import type { ChartGeometry } from './chartGeometry.ts'
import { linePath } from './linePath.ts'

/** Runs that ended, faint behind the present one: smoothed training error, each in its network's hue. */
export const EarlierLines = memo(
  ({
    runs,
    geometry,
    smoothing,
    stepsPerEpoch,
    byEpoch,
    pointed,
  }: {
    runs: readonly Run[]
    geometry: ChartGeometry
    smoothing: number
    stepsPerEpoch: number
    byEpoch: boolean
    /** Id of the run that is pointed at: drawn clearly. */
    pointed: string | null
  }) => {
    const drawn = useMemo(
      () =>
        runs.map((run) => {
          const own = run.spec.dataset.trainingImages / run.spec.recipe.batchSize
          const styles = networkStyles(run.spec.networks)
          return {
            id: run.id,
            lines: styles.map((style, network) => ({
              style,
              path: linePath(
                geometry,
                smoothed(
                  run.steps.map((point) => point.trainingErrors[network] ?? Number.NaN),
                  Math.max(0.9, smoothing),
                ),
                byEpoch ? stepsPerEpoch / own : 1,
              ),
            })),
          }
        }),
      [runs, geometry, smoothing, stepsPerEpoch, byEpoch],
    )
    return (
      <g className="curves-earlier" clipPath="url(#curves-plot)">
        {drawn.map(({ id, lines }) => (
          <g key={id} className={id === pointed ? 'curves-pointed' : ''}>
            {lines.map(({ style, path }) => (
              <path
                key={style.label}
                d={path}
                stroke={style.color}
                {...(style.dash === null ? {} : { strokeDasharray: style.dash })}
              />
            ))}
          </g>
        ))}
      </g>
    )
  },
)
