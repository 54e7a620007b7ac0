import { useMemo } from 'react'
import { useStore } from 'zustand'
import { epochOf } from '../../domain/series.ts'
import type { Lab } from '../../state/lab.ts'
import { networkStyles } from '../pictures/networkStyle.ts'
import type { Box } from '../pictures/useBox.ts'
import type { TooltipFacts } from './CurvesTooltip.tsx'
import { chartGeometry } from './chartGeometry.ts'
import { chartMarks } from './chartMarks.ts'
import { curveRows } from './curveRows.ts'
import { horizontalTicks } from './ticks.ts'
import { useCurves } from './useCurves.ts'

const endedStatuses = new Set(['finished', 'failed', 'stopped'])

/** Everything that the chart shows, from the present run or, before one, from the set-up. */
export const useChart = (lab: Lab, box: Box | null) => {
  const view = useStore(lab.viewState)
  const run = useStore(lab.runs, (state) => state.run)
  const setUp = useStore(lab.spec, (state) => state.spec)
  const spec = run?.spec ?? setUp
  const { steps: lastStep, batchSize } = spec.recipe
  const stepsPerEpoch = 1 / epochOf(1, batchSize, spec.dataset.trainingImages)
  const byEpoch = view.horizontalAxis === 'epoch'
  const hidden = view.hiddenCurves
  const isSmoothed = view.smoothing > 0

  const styles = useMemo(() => networkStyles(spec.networks), [spec.networks])
  const curves = useCurves(lab.series, spec, run !== null, view.smoothing, view.errorAxis)
  const { steps, evaluations, smoothedErrors, floor } = curves

  const letters = Math.max(...styles.map(({ label }) => label.length))
  const geometry = useMemo(
    () => (box === null ? null : chartGeometry(box, lastStep, view.errorAxis, floor, letters)),
    [box, lastStep, view.errorAxis, floor, letters],
  )
  const isNarrow = geometry?.isNarrow === true
  const horizontal = useMemo(
    () => horizontalTicks(lastStep, byEpoch ? stepsPerEpoch : null, isNarrow ? 4 : 7),
    [isNarrow, byEpoch, lastStep, stepsPerEpoch],
  )

  // Null before a run: everything planned is still to come.
  const taken = run === null ? null : (steps.at(-1)?.step ?? 0)
  const runMarks = run?.marks
  const planned = run !== null && endedStatuses.has(run.status) ? undefined : spec.interventions
  const marks = useMemo(
    () => chartMarks(runMarks ?? [], planned ?? [], taken === null ? null : taken - 1),
    [runMarks, planned, taken],
  )
  const facts = useMemo(
    (): TooltipFacts => ({ styles, hidden, stepsPerEpoch, isSmoothed, isNarrow, evaluations, marks }),
    [styles, hidden, stepsPerEpoch, isSmoothed, isNarrow, evaluations, marks],
  )
  const rows = useMemo(
    () => curveRows(steps, evaluations, smoothedErrors, lastStep, floor),
    [steps, evaluations, smoothedErrors, lastStep, floor],
  )
  return {
    view,
    styles,
    steps,
    evaluations,
    geometry,
    horizontal,
    marks,
    facts,
    rows,
    stepsPerEpoch,
    byEpoch,
    spec,
  }
}

export type Chart = ReturnType<typeof useChart>
