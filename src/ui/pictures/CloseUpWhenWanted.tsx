import { Suspense, useDeferredValue } from 'react'
import { useStore } from 'zustand'
import { lazyPart } from '../common/lazyPart.ts'
import { PartBoundary } from '../notices/PartBoundary.tsx'
import type { CloseUpProps } from './CloseUp.tsx'

const closeUpPart = lazyPart(() => import('./CloseUp.tsx').then((module) => module.CloseUp))

/** To be called when somebody comes near the blocks. */
export const preloadCloseUp = closeUpPart.preload

/** The close-up, while something is pointed at or kept open. It explains every piece, so it is no part of the first view. */
export const CloseUpWhenWanted = (props: CloseUpProps) => (
  <PartBoundary name="The close-up">
    <Suspense fallback={null}>
      <WhenWanted {...props} />
    </Suspense>
  </PartBoundary>
)

const WhenWanted = (props: CloseUpProps) => {
  const isOpen = useStore(props.closeUp.store, ({ pointed, pinned }) => pointed !== null || pinned !== null)
  // Deferred, React waits for the part without drawing the fallback, after which it would hold the part back for a while.
  const isWanted = useDeferredValue(isOpen)
  return isWanted ? <closeUpPart.Part {...props} /> : null
}
