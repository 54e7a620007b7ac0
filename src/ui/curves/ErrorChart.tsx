import { memo, type ReactNode, useMemo } from 'react'
import { CartesianGrid, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import type { NetworkStyle } from '../pictures/networkStyle.ts'
import { CurvesTooltip, type TooltipFacts } from './CurvesTooltip.tsx'
import type { ChartGeometry } from './chartGeometry.ts'
import type { CurveRow } from './curveRows.ts'
import { NetworkLines } from './NetworkLines.tsx'
import { errorTicks, type HorizontalTicks } from './ticks.ts'

const margin = (geometry: ChartGeometry) => ({
  top: geometry.top,
  right: geometry.width - geometry.right,
  bottom: 0,
  left: 0,
})

/** The axes, lines and hover of the curves. What is only drawn (raw lines, earlier runs, marks) comes as children. */
export const ErrorChart = memo(
  ({
    geometry,
    horizontal,
    rows,
    styles,
    facts,
    description,
    children,
  }: {
    geometry: ChartGeometry
    horizontal: HorizontalTicks
    rows: CurveRow[]
    styles: readonly NetworkStyle[]
    facts: TooltipFacts
    description: string
    children: ReactNode
  }) => {
    const { width, height, left, bottom, errorAxis, floor, lastStep, scale } = geometry
    const ticks = useMemo(() => [...errorTicks(errorAxis, floor)], [errorAxis, floor])
    const xTicks = useMemo(() => [...horizontal.ticks], [horizontal])
    const chartMargin = useMemo(() => margin(geometry), [geometry])
    const xDomain = useMemo<[number, number]>(() => [0, Math.max(1, lastStep)], [lastStep])
    const yDomain = useMemo<[number, number]>(() => [floor, 100], [floor])
    return (
      <LineChart
        width={width}
        height={height}
        data={rows}
        margin={chartMargin}
        desc={description}
        aria-label={description}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="step"
          type="number"
          domain={xDomain}
          ticks={xTicks}
          tickFormatter={horizontal.label}
          height={height - bottom}
          interval={0}
          axisLine={false}
          tickLine={false}
          tickMargin={6 * scale}
          allowDataOverflow
        />
        <YAxis
          type="number"
          scale={errorAxis}
          domain={yDomain}
          ticks={ticks}
          width={left}
          interval={0}
          axisLine={false}
          tickLine={false}
          tickMargin={8 * scale}
          allowDataOverflow
        />
        {children}
        {styles.map((style, network) =>
          facts.hidden.includes(style.label) ? null : (
            <NetworkLines
              key={style.label}
              style={style}
              network={network}
              isSmoothed={facts.isSmoothed}
              scale={scale}
            />
          ),
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--faint)', strokeWidth: 1 }}
          offset={16 * scale}
          content={({ active, payload }) => {
            const row: CurveRow | undefined = payload?.[0]?.payload
            return active && row !== undefined ? <CurvesTooltip row={row} facts={facts} /> : null
          }}
        />
      </LineChart>
    )
  },
)
