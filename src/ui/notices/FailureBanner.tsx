import type { FailureKind, RunFailure } from '../../domain/run.ts'
import type { LabController } from '../../state/lab.ts'
import { formatNumber } from '../common/format.ts'
import { useCifar, useLab, useRuns, useSpec } from '../common/useLab.ts'
import { Banner } from './Banner.tsx'

const titles: Readonly<Record<FailureKind, string>> = {
  diverged: 'The training diverged',
  'context-lost': 'The GPU was taken away',
  'out-of-memory': 'Not enough memory',
  'no-dataset': 'No images yet',
  'bad-dataset': 'The images could not be read',
  unsupported: 'This device cannot train that',
  'worker-crashed': 'The training stopped unexpectedly',
  internal: 'The training stopped unexpectedly',
}

interface Remedy {
  readonly words: string
  readonly apply: (controller: LabController) => void
}

const again: Remedy = { words: 'Run again', apply: (controller) => controller.run() }

/** What to do about a failure, besides running again. */
const remedyFor = ({ kind }: RunFailure, rate: number, batch: number): Remedy | null => {
  switch (kind) {
    case 'diverged':
      return {
        words: `Run with rate ${formatNumber(rate / 2)}`,
        apply: (controller) => {
          controller.edit((spec) => ({ ...spec, recipe: { ...spec.recipe, learningRate: rate / 2 } }))
          controller.run()
        },
      }
    case 'out-of-memory':
      return batch < 8
        ? null
        : {
            words: `Run with batch ${Math.floor(batch / 2)}`,
            apply: (controller) => {
              controller.edit((spec) => ({
                ...spec,
                recipe: { ...spec.recipe, batchSize: Math.floor(batch / 2) },
              }))
              controller.run()
            },
          }
    case 'no-dataset':
    case 'bad-dataset':
      return {
        words: 'Run with the drawn digits',
        apply: (controller) => {
          controller.edit((spec) => ({ ...spec, dataset: { ...spec.dataset, source: 'digits' } }))
          controller.run()
        },
      }
    case 'unsupported':
      return {
        words: 'Let the lab choose the executor',
        apply: (controller) => controller.edit((spec) => ({ ...spec, backend: 'auto' })),
      }
    case 'context-lost':
    case 'worker-crashed':
    case 'internal':
      return null
    default:
      return kind satisfies never
  }
}

/** Why the run failed and what to do. Its curves stay. */
export const FailureBanner = () => {
  const { controller } = useLab()
  const failure = useRuns((state) => (state.run?.status === 'failed' ? state.run.failure : null))
  // Raised by hand in mid-run, the set-up's own rate may well be right: then running again is remedy enough.
  const liveRate = useRuns((state) => state.learningRate)
  const rate = useSpec((state) => state.spec.recipe.learningRate)
  const batch = useSpec((state) => state.spec.recipe.batchSize)
  const hasImages = useCifar((state) => state.status === 'present')
  if (failure === null) return null
  // What was missing has come since.
  if (failure.kind === 'no-dataset' && hasImages)
    return (
      <Banner
        tone="calm"
        actions={
          <button type="button" className="button button--small" onClick={() => controller.run()}>
            Run with them
          </button>
        }
      >
        The images are here now.
      </Banner>
    )
  const isRaisedByHand = failure.kind === 'diverged' && liveRate > rate
  const remedy = (isRaisedByHand ? null : remedyFor(failure, rate, batch)) ?? again
  return (
    <Banner
      tone="failure"
      title={titles[failure.kind]}
      actions={
        <button type="button" className="button button--small" onClick={() => remedy.apply(controller)}>
          {remedy.words}
        </button>
      }
    >
      {failure.sentence}
    </Banner>
  )
}
