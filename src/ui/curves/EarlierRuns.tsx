import { memo } from 'react'
import type { Run } from '../../domain/run.ts'
import { runCaption } from './runCaption.ts'

/** The faint lines' legend: one number a run; pointing at it shows which lines are its. */
export const EarlierRuns = memo(
  ({
    runs,
    pointed,
    onPoint,
    onClear,
  }: {
    runs: readonly Run[]
    pointed: string | null
    onPoint: (id: string | null) => void
    onClear: () => void
  }) => {
    if (runs.length === 0) return null
    const shown = runs.find((run) => run.id === pointed)
    return (
      <div className="curves-caption">
        <span className="curves-key">
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4H22" strokeWidth="1.3" strokeOpacity="0.35" />
          </svg>
          {runs.length === 1 ? 'earlier run' : 'earlier runs'}
        </span>
        <span className="curves-chips">
          {runs.map((run, index) => (
            <button
              key={run.id}
              type="button"
              aria-pressed={run.id === pointed}
              aria-label={`Earlier run ${runs.length - index}: ${runCaption(run)}`}
              onPointerEnter={(event) => event.pointerType === 'mouse' && onPoint(run.id)}
              onPointerLeave={(event) => event.pointerType === 'mouse' && onPoint(null)}
              onFocus={() => onPoint(run.id)}
              onBlur={() => onPoint(null)}
              onClick={() => onPoint(run.id === pointed ? null : run.id)}
            >
              {runs.length - index}
            </button>
          ))}
        </span>
        <button type="button" className="curves-clear" onClick={onClear}>
          Clear
        </button>
        {shown !== undefined && <span className="curves-captionText">{runCaption(shown)}</span>}
      </div>
    )
  },
)
