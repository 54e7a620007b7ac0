import './curves.css'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Lab } from '../../state/lab.ts'
import { trainingErrorAfter } from '../pictures/trainingErrorAfter.ts'
import { useBox } from '../pictures/useBox.ts'
import { useCalmSteps } from '../pictures/useCalmSteps.ts'
import { CurveLabels, type LabelledCurve } from './CurveLabels.tsx'
import { CurvesNote } from './CurvesNote.tsx'
import { CurvesPlot } from './CurvesPlot.tsx'
import { CurvesTools } from './CurvesTools.tsx'
import { EarlierRuns } from './EarlierRuns.tsx'
import { EvaluationTable } from './EvaluationTable.tsx'
import { useChart } from './useChart.ts'

/** The live curves: training error thin, validation error bold, raw below smoothed, what was done marked. */
export const CurvesPanel = ({ lab }: { lab: Lab }) => {
  const { controller } = lab
  const earlier = useStore(lab.runs, (state) => state.earlier)
  const [pointed, setPointed] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const chart = useChart(lab, useBox(frame))
  const { view, styles, steps, evaluations, geometry } = chart
  const hidden = view.hiddenCurves

  const calmSteps = useCalmSteps(lab.series)
  const lastEvaluation = evaluations.at(-1)
  const labelled = useMemo(
    () =>
      styles.map(
        (style, network): LabelledCurve => ({
          style,
          training: trainingErrorAfter(steps, calmSteps, network),
          validation: lastEvaluation?.validationErrors[network] ?? null,
        }),
      ),
    [styles, steps, calmSteps, lastEvaluation],
  )
  const onToggle = useCallback(
    (label: string) =>
      controller.view({
        hiddenCurves: hidden.includes(label) ? hidden.filter((other) => other !== label) : [...hidden, label],
      }),
    [controller, hidden],
  )
  const names = geometry !== null && (
    <CurveLabels geometry={geometry} curves={labelled} hidden={hidden} onToggle={onToggle} />
  )
  const isNarrow = geometry?.isNarrow === true

  return (
    <section className="curves" aria-label="Curves">
      <CurvesTools view={view} onChange={controller.view} spec={chart.spec}>
        <EarlierRuns
          runs={earlier}
          pointed={pointed}
          onPoint={setPointed}
          onClear={controller.clearEarlier}
        />
      </CurvesTools>
      <div className="curves-frame" ref={frame}>
        {geometry !== null && (
          <CurvesPlot chart={chart} geometry={geometry} earlier={earlier} pointed={pointed} />
        )}
        {!isNarrow && names}
        {steps.length === 0 && <CurvesNote />}
      </div>
      {isNarrow && names}
      <EvaluationTable labels={styles.map(({ label }) => label)} evaluation={lastEvaluation} />
    </section>
  )
}
