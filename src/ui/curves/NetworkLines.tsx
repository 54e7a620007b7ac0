import { memo, useMemo } from 'react'
import { Line } from 'recharts'
import type { CurveMarker } from '../../domain/curveLook.ts'
import { MarkerGlyph } from '../pictures/NetworkMark.tsx'
import type { NetworkStyle } from '../pictures/networkStyle.ts'
import type { CurveRow } from './curveRows.ts'

interface DotProps {
  readonly cx?: number | undefined
  readonly cy?: number | undefined
  readonly value?: unknown
}

/** Keeps one function a marker, so that recharts sees equal properties. */
const dotOf = (shape: CurveMarker, color: string, size: number) => {
  const Dot = ({ cx, cy, value }: DotProps) =>
    cx === undefined || cy === undefined || value === null ? null : (
      <MarkerGlyph shape={shape} x={cx} y={cy} size={size} fill={color} />
    )
  return Dot
}

/** One network: smoothed training error thin, validation error bold. */
export const NetworkLines = memo(
  ({
    style,
    network,
    isSmoothed,
    scale,
  }: {
    style: NetworkStyle
    network: number
    isSmoothed: boolean
    scale: number
  }) => {
    const keys = useMemo(
      () => ({
        training: (row: CurveRow) => row.training[network] ?? null,
        validation: (row: CurveRow) => row.validation[network] ?? null,
        activeDot: dotOf(style.marker === 'none' ? 'circle' : style.marker, style.color, 3.6 * scale),
      }),
      [network, style, scale],
    )
    const dash = style.dash === null ? {} : { strokeDasharray: style.dash }
    return (
      <>
        {isSmoothed && (
          <Line
            {...dash}
            dataKey={keys.training}
            name={`${style.label}, training`}
            type="linear"
            stroke={style.color}
            strokeWidth={1.4 * scale}
            dot={false}
            activeDot={keys.activeDot}
            isAnimationActive={false}
          />
        )}
        <Line
          {...dash}
          dataKey={keys.validation}
          name={`${style.label}, validation`}
          type="linear"
          stroke={style.color}
          strokeWidth={2.8 * scale}
          strokeLinejoin="round"
          connectNulls
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      </>
    )
  },
)
