import type { StoreApi } from 'zustand/vanilla'
import { equalData } from '../domain/equalData.ts'
import type { ExperimentSpec } from '../domain/experimentSpec.ts'
import { decodeLink } from '../domain/link.ts'
import { type PresetName, presetNamed } from '../domain/presets.ts'
import { dropImpossibleInterventions, validateSpec } from '../domain/validateSpec.ts'
import type { SpecState } from './lab.ts'

const removedSwitches =
  'A switch that was set for later does not fit the changed networks or steps any more, and was removed.'

/** What the visitor sets up: only possible experiments get in. */
export interface SpecController {
  readonly present: () => ExperimentSpec
  /** Takes a changed set-up if it is a possible experiment; else says why not and leaves all as it was. */
  readonly propose: (changed: ExperimentSpec) => void
  readonly loadPreset: (name: PresetName) => void
  readonly loadLink: (hash: string) => void
  readonly notify: (notices: readonly string[]) => void
}

/** `changed` is called after the set-up has changed. */
export const createSpecController = (
  store: StoreApi<SpecState>,
  changed: (spec: ExperimentSpec) => void,
): SpecController => {
  const set = (state: SpecState): void => {
    store.setState(state)
    changed(state.spec)
  }
  const present = (): ExperimentSpec => store.getState().spec
  const notify = (notices: readonly string[]): void => store.setState({ notices })

  return {
    present,
    notify,
    propose: (proposed) => {
      const fitting = dropImpossibleInterventions(proposed)
      const validation = validateSpec(fitting)
      if (!validation.ok) notify(validation.sentences)
      else if (!equalData(validation.spec, present()))
        set({
          preset: store.getState().preset,
          spec: validation.spec,
          notices: fitting === proposed ? [] : [removedSwitches],
        })
    },
    loadPreset: (name) => set({ preset: name, spec: presetNamed(name).spec, notices: [] }),
    loadLink: (hash) => set(decodeLink(hash)),
  }
}
