import './curves.css'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { epochOf } from '../../domain/series.ts'
import type { Lab } from '../../state/lab.ts'
import { networkStyles } from '../pictures/networkStyle.ts'
import { percentText, trainingErrorAfter } from '../pictures/trainingErrorAfter.ts'
import { useBox } from '../pictures/useBox.ts'
import { useCalmSteps } from '../pictures/useCalmSteps.ts'
import { CurveLabels, type LabelledCurve } from './CurveLabels.tsx'
import { CurvesNote } from './CurvesNote.tsx'
import { CurvesTools } from './CurvesTools.tsx'
import type { TooltipFacts } from './CurvesTooltip.tsx'
import { chartGeometry, yOfError } from './chartGeometry.ts'
import { chartMarks } from './chartMarks.ts'
import { curveRows } from './curveRows.ts'
import { EarlierLines } from './EarlierLines.tsx'
import { EarlierRuns } from './EarlierRuns.tsx'
import { ErrorChart, type HorizontalTicks } from './ErrorChart.tsx'
import { EvaluationTable } from './EvaluationTable.tsx'
import { linePath } from './linePath.ts'
import { MarkLines } from './MarkLines.tsx'
import { RawLines } from './RawLines.tsx'
import { epochTicks, stepTicks } from './ticks.ts'
import { useCurves } from './useCurves.ts'
import { ValidationMarkers } from './ValidationMarkers.tsx'

const chance = 90

const labelText = ({ training, validation }: LabelledCurve): string => {
  if (training === null) return ''
  return validation === null
    ? percentText(training)
    : `${percentText(training)} · val ${percentText(validation)}`
}

/** The live curves: training error thin, validation error bold, raw below smoothed, what was done marked. */
export const CurvesPanel = ({ lab }: { lab: Lab }) => {
  const { controller } = lab
  const view = useStore(lab.viewState)
  const runState = useStore(lab.runs)
  const setUp = useStore(lab.spec, (state) => state.spec)
  const { run, earlier } = runState
  const spec = run?.spec ?? setUp
  const { steps: lastStep, batchSize } = spec.recipe
  const stepsPerEpoch = 1 / epochOf(1, batchSize, spec.dataset.trainingImages)
  const byEpoch = view.horizontalAxis === 'epoch'
  const [pointed, setPointed] = useState<string | null>(null)

  const frame = useRef<HTMLDivElement>(null)
  const box = useBox(frame)
  const styles = useMemo(() => networkStyles(spec.networks), [spec.networks])
  const curves = useCurves(lab.series, spec, run !== null, view.smoothing, view.errorAxis)
  const { steps, evaluations, smoothedErrors, floor } = curves

  const geometry = useMemo(
    () => (box === null ? null : chartGeometry(box, lastStep, view.errorAxis, floor)),
    [box, lastStep, view.errorAxis, floor],
  )
  const horizontal = useMemo((): HorizontalTicks => {
    const most = geometry?.isNarrow === true ? 4 : 7
    if (!byEpoch) return { ticks: [...stepTicks(lastStep, most)], label: String }
    const ticks = epochTicks(lastStep, stepsPerEpoch, most)
    const names = new Map(ticks.map(({ step, epoch }) => [step, String(epoch)]))
    return { ticks: ticks.map(({ step }) => step), label: (step) => names.get(step) ?? '' }
  }, [geometry?.isNarrow, byEpoch, lastStep, stepsPerEpoch])

  const lastEvaluation = evaluations.at(-1)
  const taken = steps.at(-1)?.step ?? null
  const isOver = run !== null && ['finished', 'failed', 'stopped'].includes(run.status)
  const runMarks = run?.marks
  const marks = useMemo(
    () =>
      chartMarks(runMarks ?? [], isOver ? [] : spec.interventions, run === null ? null : (taken ?? 0) - 1),
    [runMarks, isOver, spec.interventions, run === null, taken],
  )

  const isSmoothed = view.smoothing > 0
  const facts = useMemo(
    (): TooltipFacts => ({
      styles,
      hidden: view.hiddenCurves,
      stepsPerEpoch,
      isSmoothed,
      evaluations,
      marks,
    }),
    [styles, view.hiddenCurves, stepsPerEpoch, isSmoothed, evaluations, marks],
  )
  const rows = useMemo(
    () => curveRows(steps, evaluations, smoothedErrors, lastStep, floor),
    [steps, evaluations, smoothedErrors, lastStep, floor],
  )
  const rawPaths = useMemo(
    () =>
      styles.map((style, network) =>
        geometry === null || view.hiddenCurves.includes(style.label)
          ? null
          : linePath(
              geometry,
              steps.map((point) => point.trainingErrors[network] ?? Number.NaN),
            ),
      ),
    [styles, geometry, view.hiddenCurves, steps],
  )
  const calmSteps = useCalmSteps(lab.series)
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
        hiddenCurves: view.hiddenCurves.includes(label)
          ? view.hiddenCurves.filter((other) => other !== label)
          : [...view.hiddenCurves, label],
      }),
    [controller, view.hiddenCurves],
  )

  return (
    <section className="curves" aria-label="Curves">
      <CurvesTools view={view} onChange={controller.view}>
        <EarlierRuns
          runs={earlier}
          pointed={pointed}
          onPoint={setPointed}
          onClear={controller.clearEarlier}
        />
      </CurvesTools>
      <div className="curves-frame" ref={frame}>
        {geometry !== null && (
          <ErrorChart
            geometry={geometry}
            horizontal={horizontal}
            rows={rows}
            styles={styles}
            facts={facts}
            description={`Training and validation error of ${styles.map(({ label }) => label).join(', ')} against step. The arrow keys read the values.`}
          >
            <defs>
              <clipPath id="curves-plot">
                <rect
                  x={geometry.left}
                  y={geometry.top}
                  width={Math.max(0, geometry.right - geometry.left)}
                  height={Math.max(0, geometry.bottom - geometry.top)}
                />
              </clipPath>
            </defs>
            <path
              className="curves-chance"
              d={`M${geometry.left} ${yOfError(geometry, chance)}H${geometry.right}`}
            />
            <EarlierLines
              runs={earlier}
              geometry={geometry}
              smoothing={view.smoothing}
              stepsPerEpoch={stepsPerEpoch}
              byEpoch={byEpoch}
              pointed={pointed}
            />
            <RawLines paths={rawPaths} styles={styles} isAlone={!isSmoothed} />
            <ValidationMarkers
              geometry={geometry}
              evaluations={evaluations}
              styles={styles}
              hidden={view.hiddenCurves}
            />
            <MarkLines geometry={geometry} marks={marks} />
            <text
              className="curves-chanceText"
              x={geometry.left - 8 * geometry.scale}
              y={yOfError(geometry, chance)}
            >
              chance
            </text>
            {!geometry.isNarrow && (
              <text x={geometry.right + 18 * geometry.scale} y={geometry.bottom + 19.5 * geometry.scale}>
                {byEpoch ? 'epochs' : 'steps'}
              </text>
            )}
          </ErrorChart>
        )}
        {geometry !== null && !geometry.isNarrow && (
          <CurveLabels
            geometry={geometry}
            curves={labelled}
            hidden={view.hiddenCurves}
            text={labelText}
            onToggle={onToggle}
          />
        )}
        {steps.length === 0 && <CurvesNote />}
      </div>
      {geometry?.isNarrow === true && (
        <CurveLabels
          geometry={geometry}
          curves={labelled}
          hidden={view.hiddenCurves}
          text={labelText}
          onToggle={onToggle}
        />
      )}
      <EvaluationTable labels={styles.map(({ label }) => label)} evaluation={lastEvaluation} />
    </section>
  )
}
