import type { RunStatus } from '../../domain/run.ts'
import { Icon, type IconName } from '../common/Icon.tsx'
import { useLab, useRuns } from '../common/useLab.ts'
import { isGoing, toggleRun } from './useShortcuts.ts'

const face = (
  status: RunStatus | undefined,
  going: boolean,
): { readonly words: string; readonly icon: IconName } => {
  if (going) return { words: 'Pause', icon: 'pause' }
  switch (status) {
    case 'preparing':
    case 'paused':
      return { words: 'Resume', icon: 'run' }
    case 'finished':
    case 'failed':
      return { words: 'Run again', icon: 'run' }
    default:
      return { words: 'Run', icon: 'run' }
  }
}

/** Run, Step and Reset. */
export const Transport = () => {
  const { controller, runs } = useLab()
  const status = useRuns((state) => state.run?.status)
  const going = useRuns(isGoing)
  const { words, icon } = face(status, going)
  const isTraining = status === 'running' || status === 'preparing'
  const hasEnded = status === 'finished' || status === 'failed'
  const hasRun = status !== undefined && status !== 'stopped'
  return (
    <fieldset className="bare transport" aria-label="Training">
      <button
        type="button"
        className="button button--primary transport__run"
        aria-keyshortcuts="Space"
        title={`${words} (space)`}
        onClick={() => toggleRun(controller, runs.getState())}
      >
        <Icon name={icon} />
        {words}
      </button>
      <button
        type="button"
        className="button"
        aria-keyshortcuts="S"
        title={hasEnded ? 'Begin a new run and train one step (s)' : 'Train one step (s)'}
        aria-disabled={isTraining}
        onClick={() => {
          if (!isTraining) controller.step()
        }}
      >
        Step
      </button>
      <button
        type="button"
        className="button"
        aria-keyshortcuts="R"
        title="Back to step 0; this run stays as a faint line (r)"
        aria-disabled={!hasRun}
        onClick={() => {
          if (hasRun) controller.reset()
        }}
      >
        Reset
      </button>
    </fieldset>
  )
}
