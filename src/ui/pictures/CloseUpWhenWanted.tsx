import { Suspense } from 'react'
import { useStore } from 'zustand'
import { lazyPart } from '../common/lazyPart.ts'
import { PartBoundary } from '../notices/PartBoundary.tsx'
import type { CloseUpProps } from './CloseUp.tsx'

const closeUpPart = lazyPart(() => import('./CloseUp.tsx').then((module) => module.CloseUp))

/** To be called when somebody comes near the blocks. */
export const preloadCloseUp = closeUpPart.preload

/** The close-up, while something is pointed at or kept open. It explains every piece, so it is no part of the first view. */
export const CloseUpWhenWanted = (props: CloseUpProps) => {
  const isWanted = useStore(props.closeUp.store, ({ pointed, pinned }) => pointed !== null || pinned !== null)
  return isWanted ? (
    <PartBoundary name="The close-up">
      <Suspense fallback={null}>
        <closeUpPart.Part {...props} />
      </Suspense>
    </PartBoundary>
  ) : null
}
