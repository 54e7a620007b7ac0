import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ViewState } from './lab.ts'
import type { StoragePort } from './labPorts.ts'

const storageKey = 'degradation-lab.view'

export const defaultView: ViewState = {
  theme: 'system',
  smoothing: 0.9,
  errorAxis: 'linear',
  horizontalAxis: 'step',
  hiddenCurves: [],
  fadeSteps: 100,
}

const oneOf = <T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.find((candidate) => candidate === value) ?? otherwise

const within = (value: unknown, low: number, high: number, otherwise: number): number =>
  typeof value === 'number' && value >= low && value <= high ? value : otherwise

/** Takes from what was stored only what is understood: another version of the page, or a person, may have written it. */
export const parseView = (text: string | null): ViewState => {
  let stored: unknown = null
  try {
    stored = JSON.parse(text ?? 'null')
  } catch {
    return defaultView
  }
  if (typeof stored !== 'object' || stored === null) return defaultView
  const field = (name: keyof ViewState): unknown => Object.entries(stored).find(([key]) => key === name)?.[1]
  return {
    theme: oneOf(field('theme'), ['system', 'light', 'dark'], defaultView.theme),
    smoothing: within(field('smoothing'), 0, 0.99, defaultView.smoothing),
    errorAxis: oneOf(field('errorAxis'), ['linear', 'log'], defaultView.errorAxis),
    horizontalAxis: oneOf(field('horizontalAxis'), ['step', 'epoch'], defaultView.horizontalAxis),
    // A curve hidden last week would look like a missing one.
    hiddenCurves: [],
    fadeSteps: Math.round(within(field('fadeSteps'), 1, 100_000, defaultView.fadeSteps)),
  }
}

/** How things are looked at, kept in the browser where it lets us. */
export const createViewStore = (storage: StoragePort): StoreApi<ViewState> => {
  const store = createStore<ViewState>(() => parseView(storage.read(storageKey)))
  store.subscribe((view) => {
    const { hiddenCurves: _, ...kept } = view
    storage.write(storageKey, JSON.stringify(kept))
  })
  return store
}
