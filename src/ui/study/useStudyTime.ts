import { useStore } from 'zustand'
import { costOf } from '../../domain/cost.ts'
import type { StudyRecord } from '../../domain/study.ts'
import { remainingCost } from '../../domain/studyCost.ts'
import type { StudyProgress } from '../../state/lab.ts'
import { useLab, useRuns } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { measuredSpeed } from '../setup/measuredSpeed.ts'

/** Operations a second of the present run, else of the last one that was measured; null before any. */
export const useDeviceSpeed = (everyMs: number): number | null => {
  useSeriesTick(everyMs)
  const { series, study } = useLab()
  const run = useRuns((state) => state.run)
  const earlier = useRuns((state) => state.earlier[0])
  const ofStudy = useStore(study, (state) => state.speed)
  const present =
    run === null ? null : measuredSpeed(run.spec, series.steps().at(-1)?.step ?? 0, series.seconds())
  return (
    present ??
    ofStudy ??
    (earlier ? measuredSpeed(earlier.spec, earlier.steps.length, earlier.seconds) : null)
  )
}

/** Share of the present run that is trained, 0 … 1. */
export const useRunShare = (): number => {
  const { series } = useLab()
  const run = useRuns((state) => state.run)
  return run === null ? 0 : (series.steps().at(-1)?.step ?? 0) / run.spec.recipe.steps
}

/** Operations that a running study has still to do. */
export const flopsLeft = (record: StudyRecord, { current }: StudyProgress, runShare: number): number =>
  Math.max(0, remainingCost(record).flops - costOf(current.spec).totalFlops * runShare)
