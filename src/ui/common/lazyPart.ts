import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** A part of the page that is no part of its first view. */
export interface LazyPart<Props> {
  /** Fetched when it is drawn, if it was not before. Draw it inside a Suspense and a PartBoundary. */
  readonly Part: LazyExoticComponent<ComponentType<Props>>
  /** Fetches it when it is about to be wanted, so that the click that draws it does not wait. */
  readonly preload: () => void
}

export const lazyPart = <Props>(fetchPart: () => Promise<ComponentType<Props>>): LazyPart<Props> => ({
  Part: lazy(() => fetchPart().then((part) => ({ default: part }))),
  preload: () => {
    // Drawing it tells of the failure.
    fetchPart().catch(() => undefined)
  },
})
