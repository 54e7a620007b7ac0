import type { ReactNode } from 'react'
import type { ExperimentSpec } from '../../domain/experimentSpec.ts'
import type { ViewState } from '../../state/lab.ts'
import { CurvesHelp } from './CurvesHelp.tsx'

const smoothings = [
  { value: 0, text: 'off' },
  { value: 0.6, text: '0.6' },
  { value: 0.9, text: '0.9' },
  { value: 0.97, text: '0.97' },
]

/** How the curves are looked at: quiet until needed. */
export const CurvesTools = ({
  view,
  onChange,
  spec,
  children,
}: {
  view: ViewState
  onChange: (change: Partial<ViewState>) => void
  spec: ExperimentSpec
  /** What else belongs to the legend. */
  children: ReactNode
}) => (
  <div className="curves-tools">
    <h2 className="curves-title">Error, %</h2>
    <span className="curves-key">
      <svg width="22" height="8" aria-hidden="true">
        <path d="M0 4H22" strokeWidth="1.3" />
      </svg>
      training
    </span>
    <span className="curves-key">
      <svg width="22" height="8" aria-hidden="true">
        <path d="M0 4H22" strokeWidth="3" />
      </svg>
      validation
    </span>
    <CurvesHelp spec={spec} />
    {children}
    <span className="curves-space" />
    <label className="curves-tool">
      smoothing
      <select
        value={view.smoothing}
        onChange={(event) => onChange({ smoothing: Number(event.target.value) })}
      >
        {smoothings.every(({ value }) => value !== view.smoothing) && (
          <option value={view.smoothing}>{view.smoothing}</option>
        )}
        {smoothings.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
    <select
      className="curves-tool"
      aria-label="Error axis"
      value={view.errorAxis}
      onChange={(event) => onChange({ errorAxis: event.target.value === 'log' ? 'log' : 'linear' })}
    >
      <option value="linear">linear</option>
      <option value="log">log</option>
    </select>
    <select
      className="curves-tool"
      aria-label="Horizontal axis"
      value={view.horizontalAxis}
      onChange={(event) => onChange({ horizontalAxis: event.target.value === 'epoch' ? 'epoch' : 'step' })}
    >
      <option value="step">by step</option>
      <option value="epoch">by epoch</option>
    </select>
  </div>
)
