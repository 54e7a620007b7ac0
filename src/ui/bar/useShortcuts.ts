import { useEffect } from 'react'
import type { LabController, RunState } from '../../state/lab.ts'
import { useLab } from '../common/useLab.ts'
import { letterKeysOn } from './letterKeys.ts'

/** What the main button does now. */
export const toggleRun = (controller: LabController, state: RunState): void => {
  if (isGoing(state)) controller.pause()
  else controller.run()
}

/** Whether the present run trains, or will as soon as it is prepared. */
export const isGoing = ({ run, willPause }: RunState): boolean =>
  run?.status === 'running' || (run?.status === 'preparing' && !willPause)

const typesText = (element: Element): boolean =>
  element.matches('textarea, select, [contenteditable=""], [contenteditable="true"]') ||
  (element instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(element.type))

/** Elements on which space already does something. */
const takesSpace = (element: Element): boolean =>
  element.closest('button, summary, a[href], [role="button"], [role="switch"], [role="checkbox"]') !== null ||
  (element instanceof HTMLInputElement && element.type !== 'range')

/** While something lies over the whole page, what lies under it hears no keys. */
const isCovered = (): boolean => document.querySelector('dialog[open]') !== null

/** Space runs and pauses, s steps, r resets; not while somebody types, and never beside what a focused control does. */
export const useShortcuts = (): void => {
  const { controller, runs } = useLab()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (isCovered()) return
      if (!(target instanceof Element) || typesText(target)) return
      if (event.key === ' ') {
        if (takesSpace(target)) return
        event.preventDefault()
        toggleRun(controller, runs.getState())
      } else if (letterKeysOn()) {
        if (event.key === 's' || event.key === 'S') controller.step()
        if (event.key === 'r' || event.key === 'R') controller.reset()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [controller, runs])
}
