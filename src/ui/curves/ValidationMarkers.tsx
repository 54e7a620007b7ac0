import { memo } from 'react'
import { ZIndexLayer } from 'recharts'
import type { EvaluationPoint } from '../../domain/run.ts'
import { MarkerGlyph } from '../pictures/NetworkMark.tsx'
import type { NetworkStyle } from '../pictures/networkStyle.ts'
import { type ChartGeometry, xOfStep, yOfError } from './chartGeometry.ts'

/** Above the lines, below the hover. */
const layer = 600

/** A marker at every evaluation; where they would touch one another, only at some of them and at the last. */
export const ValidationMarkers = memo(
  ({
    geometry,
    evaluations,
    styles,
    hidden,
  }: {
    geometry: ChartGeometry
    evaluations: readonly EvaluationPoint[]
    styles: readonly NetworkStyle[]
    hidden: readonly string[]
  }) => {
    const size = 3.1 * geometry.scale
    const spacing = (geometry.right - geometry.left) / Math.max(1, evaluations.length)
    const every = Math.max(1, Math.ceil((5 * size) / Math.max(spacing, 0.1)))
    return (
      <ZIndexLayer zIndex={layer}>
        {styles.map((style, network) =>
          hidden.includes(style.label) || style.marker === 'none' ? null : (
            <g key={style.label}>
              {evaluations.map(({ step, validationErrors }, index) => {
                const error = validationErrors[network]
                const isDrawn = index % every === 0 || index === evaluations.length - 1
                return !isDrawn || error === undefined || !Number.isFinite(error) ? null : (
                  <MarkerGlyph
                    key={step}
                    shape={style.marker}
                    x={xOfStep(geometry, step)}
                    y={yOfError(geometry, error)}
                    size={size}
                    fill={style.color}
                  />
                )
              })}
            </g>
          ),
        )}
      </ZIndexLayer>
    )
  },
)
