import { Suspense } from 'react'
import type { LazyPart } from '../common/lazyPart.ts'
import { PartBoundary } from '../notices/PartBoundary.tsx'
import { Fold } from './Fold.tsx'

interface LazyFoldProps {
  readonly title: string
  /** What it holds now, in a few words. */
  readonly facts: string
  readonly body: LazyPart<object>
}

/** A fold whose inside is fetched when somebody is about to open it. It opens when that has come, so it opens only once. */
export const LazyFold = ({ title, facts, body: { Part, preload } }: LazyFoldProps) => (
  // Around the fold and not in it: what is drawn already stays while the inside is waited for.
  <Suspense fallback={null}>
    <Fold title={title} facts={facts} preload={preload}>
      <PartBoundary name={`The inside of “${title}”`}>
        <Part />
      </PartBoundary>
    </Fold>
  </Suspense>
)
