import { memo } from 'react'
import { NetworkMark } from '../pictures/NetworkMark.tsx'
import type { NetworkStyle } from '../pictures/networkStyle.ts'
import { percentText } from '../pictures/trainingErrorAfter.ts'
import { type ChartGeometry, yOfError } from './chartGeometry.ts'
import { spreadLabels } from './spreadLabels.ts'

export interface LabelledCurve {
  readonly style: NetworkStyle
  /** Percent; null before the first step. */
  readonly training: number | null
  readonly validation: number | null
}

const chance = 90

const valuesText = ({ training, validation }: LabelledCurve): string => {
  if (training === null) return ''
  const now = percentText(training)
  return validation === null ? now : `${now} · val ${percentText(validation)}`
}

/** Names and last values at the ends of the lines, or below a narrow chart. A click hides a curve or shows it again. */
export const CurveLabels = memo(
  ({
    geometry,
    curves,
    hidden,
    onToggle,
  }: {
    geometry: ChartGeometry
    curves: readonly LabelledCurve[]
    hidden: readonly string[]
    onToggle: (label: string) => void
  }) => {
    const { scale, isNarrow, width, top, bottom, right } = geometry
    const height = 38 * scale
    const centres = spreadLabels(
      curves.map(({ training }) => yOfError(geometry, training ?? chance)),
      height,
      top - 4 * scale,
      bottom + 4 * scale,
    )
    return (
      <ul className={isNarrow ? 'curves-labels curves-labelsBelow' : 'curves-labels'}>
        {curves.map((curve, index) => {
          const { style } = curve
          const isHidden = hidden.includes(style.label)
          const left = right + 8 * scale
          const place = isNarrow
            ? {}
            : { left, top: (centres[index] ?? 0) - height / 2, maxWidth: width - left }
          return (
            <li key={style.label} style={{ ...place, '--hue': style.color }}>
              <button
                type="button"
                aria-pressed={!isHidden}
                title={isHidden ? `Show ${style.label}` : `Hide ${style.label}`}
                onClick={() => onToggle(style.label)}
              >
                <span className="curves-labelName">
                  <NetworkMark style={style} />
                  <span className="curves-labelText">{style.label}</span>
                </span>
                <span className="curves-labelValues">{isHidden ? 'hidden' : valuesText(curve)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    )
  },
)
