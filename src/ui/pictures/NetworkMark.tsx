import { memo } from 'react'
import type { CurveMarker } from '../../domain/curveLook.ts'
import type { NetworkStyle } from './networkStyle.ts'

/** One marker, centred: the sign of a network that does not need hue. */
export const MarkerGlyph = ({
  shape,
  x,
  y,
  size,
  fill,
}: {
  shape: CurveMarker
  x: number
  y: number
  size: number
  fill: string
}) => {
  switch (shape) {
    case 'none':
      return null
    case 'square':
      return <rect x={x - size} y={y - size} width={2 * size} height={2 * size} fill={fill} />
    case 'circle':
      return <circle cx={x} cy={y} r={1.1 * size} fill={fill} />
    case 'triangle':
      return (
        <path d={`M${x} ${y - 1.3 * size}L${x + 1.3 * size} ${y + size}H${x - 1.3 * size}Z`} fill={fill} />
      )
    case 'diamond':
      return (
        <path
          d={`M${x} ${y - 1.5 * size}L${x + 1.5 * size} ${y}L${x} ${y + 1.5 * size}L${x - 1.5 * size} ${y}Z`}
          fill={fill}
        />
      )
    case 'cross':
      return (
        <path
          d={`M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}`}
          stroke={fill}
          strokeWidth={0.7 * size}
        />
      )
    default:
      return shape satisfies never
  }
}

/** A short piece of the network's line, as the curves draw it. */
export const NetworkMark = memo(({ style }: { style: NetworkStyle }) => (
  <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true" focusable="false">
    <path
      d="M0 5H22"
      stroke={style.color}
      strokeWidth="2.2"
      fill="none"
      {...(style.dash === null ? {} : { strokeDasharray: style.dash })}
    />
    <MarkerGlyph shape={style.marker} x={11} y={5} size={3.2} fill={style.color} />
  </svg>
))
