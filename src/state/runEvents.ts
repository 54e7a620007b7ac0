import type { Intervention } from '../domain/interventions.ts'
import type { Run, RunStatus } from '../domain/run.ts'
import type { RunEvent } from '../protocol/messages.ts'
import type { RunState } from './lab.ts'

/** A run that can still go on. */
export const isActive = (run: Run | null): run is Run =>
  run !== null && (run.status === 'preparing' || run.status === 'running' || run.status === 'paused')

/**
 * What an event about the present run changes in what the page knows of it. Points go to the series; switches change the
 * ramps where they are kept (`runController`).
 */
export const afterEvent = (state: RunState, event: RunEvent): RunState => {
  const { run } = state
  if (run === null || run.id !== event.runId) return state
  const withStatus = (status: RunStatus, changes: Partial<Run> = {}): RunState => ({
    ...state,
    preparation: null,
    willPause: false,
    run: { ...run, ...changes, status },
  })
  switch (event.type) {
    case 'preparing':
      return {
        ...state,
        preparation: { stage: event.stage, fraction: event.fraction, bytes: event.bytes ?? null },
      }
    case 'started':
      return withStatus('running', { device: event.device, checks: event.checks })
    case 'points':
      // The first step has come: it is no longer being compiled. Evaluations come before it too.
      return state.preparation !== null && event.steps.length > 0 ? { ...state, preparation: null } : state
    case 'intervened':
      return { ...state, run: { ...run, marks: [...run.marks, markOf(event.intervention)] } }
    case 'paused':
      return run.status === 'preparing' && run.device === null ? state : withStatus('paused')
    case 'resumed':
      return run.status === 'paused' ? withStatus('running') : state
    case 'stopped':
      return withStatus('stopped')
    case 'finished':
      return withStatus('finished', { seconds: event.seconds, weightsDigest: event.weightsDigest })
    case 'failed':
      return withStatus('failed', { failure: event.failure })
    default:
      return event satisfies never
  }
}

const markOf = (intervention: Intervention): Run['marks'][number] => ({
  kind: 'intervention',
  step: intervention.step,
  intervention,
})
