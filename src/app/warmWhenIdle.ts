import type { LabClient } from '../protocol/labClient.ts'
import type { Lab } from '../state/lab.ts'

/** The page has the processor for its first view before. */
const afterOpeningMs = 1000
/** Long enough that a slider being dragged is not followed. */
const afterEditMs = 700

/** Lets the worker make ready what Run would begin with, so that the first point comes soon after the click. */
export const warmWhenIdle = ({ spec, runs }: Lab, client: Pick<LabClient, 'warm'>): void => {
  const warm = (): void => client.warm(spec.getState().spec)
  let timer = setTimeout(warm, afterOpeningMs)
  const again = (): void => {
    clearTimeout(timer)
    timer = setTimeout(warm, afterEditMs)
  }
  spec.subscribe((state, before) => {
    if (state.spec !== before.spec) again()
  })
  runs.subscribe((state, before) => {
    if (state.run?.status !== before.run?.status) again()
  })
}
