import { memo } from 'react'
import { type ChartGeometry, xOfStep } from './chartGeometry.ts'
import type { ChartMark } from './chartMarks.ts'
import { placeMarkLabels } from './placeMarkLabels.ts'

const lanes = 3
/** Width of a letter over the size of the type: an estimate on the safe side. */
const letter = 0.52

/** What was done during the run, each as a line with its words. */
export const MarkLines = memo(
  ({ geometry, marks }: { geometry: ChartGeometry; marks: readonly ChartMark[] }) => {
    const { scale, tinyText, top, bottom, right } = geometry
    const xs = marks.map((mark) => xOfStep(geometry, Math.min(mark.step, geometry.lastStep)))
    const places = placeMarkLabels(
      marks.map((mark, index) => ({
        x: xs[index] ?? 0,
        widths: [mark.text, mark.shortText].map((text) => text.length * letter * tinyText + 10 * scale),
      })),
      4,
      Math.max(right, geometry.width - 4),
      lanes,
    )
    return (
      <g className="curves-marks">
        {marks.map((mark, index) => {
          const x = xs[index] ?? 0
          const place = places[index] ?? null
          const until = xOfStep(geometry, Math.min(mark.untilStep, geometry.lastStep))
          const lineTop = place === null || place.lane > 0 ? top : 5 * scale
          const y = place === null ? 0 : place.lane === 0 ? 12 * scale : top + (place.lane * 16 - 3) * scale
          return (
            <g key={`${mark.step} ${mark.text}`} className={mark.isPlanned ? 'curves-planned' : ''}>
              {until > x && <rect x={x} y={top} width={until - x} height={bottom - top} />}
              <path d={`M${x} ${lineTop}V${bottom}`} />
              <path
                className="curves-foot"
                d={`M${x - 4 * scale} ${bottom + 1}h${8 * scale}L${x} ${bottom - 6 * scale}Z`}
              />
              {place !== null && (
                <text
                  x={x + (place.side === 'right' ? 5 : -5) * scale}
                  y={y}
                  textAnchor={place.side === 'right' ? 'start' : 'end'}
                >
                  {place.wording === 0 ? mark.text : mark.shortText}
                </text>
              )}
              <title>{`step ${mark.step}: ${mark.text}`}</title>
            </g>
          )
        })}
      </g>
    )
  },
)
