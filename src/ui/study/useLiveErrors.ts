import { useStore } from 'zustand'
import { finalErrorsOf } from '../../domain/run.ts'
import type { StudyKind } from '../../domain/studyVariants.ts'
import { useLab } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'

/** Training error over the last minibatches of the variants that a study of this kind trains now, percent, by name. */
export const useLiveErrors = (kind: StudyKind): ReadonlyMap<string, number> => {
  useSeriesTick(500)
  const { study, series } = useLab()
  const running = useStore(study, (state) => state.running)
  if (running === null || running.kind !== kind) return new Map()
  const points = { steps: series.steps(), evaluations: [] }
  return new Map(
    running.current.variants.flatMap(({ id }, network) => {
      const error = finalErrorsOf(points, network)?.trainingError
      return error === undefined || !Number.isFinite(error) ? [] : [[id, error] as const]
    }),
  )
}
