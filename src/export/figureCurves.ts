import type { EvaluationPoint, StepPoint } from '../domain/run.ts'
import { downsampledIndices, smoothed } from '../domain/series.ts'
import type { Scale } from './figureScales.ts'
import { type CurveStyle, markerElement } from './figureStyle.ts'
import { element, short } from './xml.ts'

interface Axes {
  readonly x: Scale
  readonly y: Scale
  /** Points that the plot has room for. */
  readonly room: number
}

/** One network: its minibatches faint, their smoothed line thin, the validation error bold with markers. */
export const curveElements = (
  network: number,
  style: CurveStyle,
  steps: readonly StepPoint[],
  evaluations: readonly EvaluationPoint[],
  smoothing: number,
  axes: Axes,
): string => {
  const raw = steps.map((point) => point.trainingErrors[network] ?? Number.NaN)
  const line = (values: readonly number[]): string =>
    linePath(
      downsampledIndices(values, axes.room).map((i) => ({
        x: steps[i]?.step ?? 0,
        y: values[i] ?? Number.NaN,
      })),
      axes,
    )
  const validation = evaluations.map((point) => ({
    x: point.step,
    y: point.validationErrors[network] ?? Number.NaN,
  }))
  const stroke = { fill: 'none', stroke: style.colour, 'stroke-linejoin': 'round', 'stroke-linecap': 'butt' }
  const parts = [
    element('path', { ...stroke, d: line(raw), 'stroke-width': 0.8, opacity: smoothing > 0 ? 0.28 : 0.9 }),
    ...(smoothing > 0
      ? [
          element('path', {
            ...stroke,
            d: line(smoothed(raw, smoothing)),
            'stroke-width': 1.3,
            'stroke-dasharray': style.dash,
          }),
        ]
      : []),
    element('path', {
      ...stroke,
      d: linePath(validation, axes),
      'stroke-width': 2.6,
      'stroke-dasharray': style.dash,
    }),
    ...validation
      .filter(({ y }) => Number.isFinite(y))
      .map(({ x, y }) => markerElement(style.marker, axes.x.at(x), axes.y.at(y), style.colour)),
  ]
  return element('g', {}, ...parts)
}

/** A line that lifts the pen over what is no number. */
const linePath = (points: readonly { readonly x: number; readonly y: number }[], { x, y }: Axes): string => {
  let path = ''
  let isDown = false
  for (const point of points) {
    if (!Number.isFinite(point.y)) {
      isDown = false
      continue
    }
    path += `${isDown ? 'L' : 'M'}${short(x.at(point.x))} ${short(y.at(point.y))}`
    isDown = true
  }
  return path
}
