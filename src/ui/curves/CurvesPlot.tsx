import { useMemo } from 'react'
import type { Run } from '../../domain/run.ts'
import { type ChartGeometry, yOfError } from './chartGeometry.ts'
import { EarlierLines } from './EarlierLines.tsx'
import { ErrorChart } from './ErrorChart.tsx'
import { linePath } from './linePath.ts'
import { MarkLines } from './MarkLines.tsx'
import { RawLines } from './RawLines.tsx'
import type { Chart } from './useChart.ts'
import { ValidationMarkers } from './ValidationMarkers.tsx'

/** Error of guessing among ten classes, percent. */
const chance = 90

/** The chart itself: axes and lines, and what is drawn behind and before them. */
export const CurvesPlot = ({
  chart,
  geometry,
  earlier,
  pointed,
}: {
  chart: Chart
  geometry: ChartGeometry
  earlier: readonly Run[]
  pointed: string | null
}) => {
  const { view, styles, steps, evaluations, marks, facts, stepsPerEpoch, byEpoch } = chart
  const hidden = view.hiddenCurves
  const rawPaths = useMemo(
    () =>
      styles.map((style, network) =>
        hidden.includes(style.label)
          ? null
          : linePath(
              geometry,
              steps.map((point) => point.trainingErrors[network] ?? Number.NaN),
            ),
      ),
    [styles, geometry, hidden, steps],
  )
  const { left, right, top, bottom, scale, isNarrow } = geometry
  const names = styles.map(({ label }) => label).join(', ')
  return (
    <ErrorChart
      geometry={geometry}
      horizontal={chart.horizontal}
      rows={chart.rows}
      styles={styles}
      facts={facts}
      description={`Training and validation error of ${names} against step. The arrow keys read the values.`}
    >
      <defs>
        <clipPath id="curves-plot">
          <rect x={left} y={top} width={Math.max(0, right - left)} height={Math.max(0, bottom - top)} />
        </clipPath>
      </defs>
      <path className="curves-chance" d={`M${left} ${yOfError(geometry, chance)}H${right}`} />
      <EarlierLines
        runs={earlier}
        geometry={geometry}
        smoothing={view.smoothing}
        stepsPerEpoch={stepsPerEpoch}
        byEpoch={byEpoch}
        pointed={pointed}
      />
      <RawLines paths={rawPaths} styles={styles} isAlone={!facts.isSmoothed} />
      <ValidationMarkers geometry={geometry} evaluations={evaluations} styles={styles} hidden={hidden} />
      <MarkLines geometry={geometry} marks={marks} />
      <text className="curves-chanceText" x={left - 8 * scale} y={yOfError(geometry, chance)}>
        chance
      </text>
      {!isNarrow && (
        <text x={right + 18 * scale} y={bottom + 19.5 * scale}>
          {byEpoch ? 'epochs' : 'steps'}
        </text>
      )}
    </ErrorChart>
  )
}
