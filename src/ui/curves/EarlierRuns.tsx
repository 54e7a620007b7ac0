import { memo } from 'react'
import type { Run } from '../../domain/run.ts'
import { uniqueLabels } from '../pictures/networkStyle.ts'

/** A run in a line: its networks and what else tells it from others. */
export const runCaption = ({ spec, steps }: Pick<Run, 'spec' | 'steps'>): string =>
  `${uniqueLabels(spec.networks).join(', ')} · ${spec.dataset.source} · rate ${spec.recipe.learningRate} · seed ${spec.seed} · ${steps.length} steps`

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
        <span>{runs.length === 1 ? 'Faint: 1 earlier run' : `Faint: ${runs.length} earlier runs`}</span>
        <span className="curves-chips">
          {runs.map((run, index) => (
            <button
              key={run.id}
              type="button"
              aria-pressed={run.id === pointed}
              aria-label={`Earlier run ${runs.length - index}: ${runCaption(run)}`}
              title={runCaption(run)}
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
        <span className="curves-captionText">{shown === undefined ? '' : runCaption(shown)}</span>
        <button type="button" className="curves-clear" onClick={onClear}>
          Clear
        </button>
      </div>
    )
  },
)
