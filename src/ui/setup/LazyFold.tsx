import { Suspense } from 'react'
import { lazyPart } from '../common/lazyPart.ts'
import { PartBoundary } from '../notices/PartBoundary.tsx'
import { Fold } from './Fold.tsx'
import type { FoldName } from './FoldInside.tsx'

const inside = lazyPart(() => import('./FoldInside.tsx').then((module) => module.FoldInside))

interface LazyFoldProps {
  readonly fold: FoldName
  readonly title: string
  /** What it holds now, in a few words. */
  readonly facts: string
}

/** A fold whose inside is fetched when somebody is about to open it. It opens when that has come, so it opens only once. */
export const LazyFold = ({ fold, title, facts }: LazyFoldProps) => (
  // Around the fold and not in it: what is drawn already stays while the inside is waited for.
  <Suspense fallback={null}>
    <Fold title={title} facts={facts} preload={inside.preload}>
      <PartBoundary name={`The inside of “${title}”`}>
        <inside.Part fold={fold} />
      </PartBoundary>
    </Fold>
  </Suspense>
)
