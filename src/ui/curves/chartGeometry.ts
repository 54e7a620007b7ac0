import { evaluationImages } from '../../domain/experimentSpec.ts'
import { logFloor } from '../../domain/series.ts'
import type { ViewState } from '../../state/lab.ts'

export interface ChartSize {
  readonly width: number
  readonly height: number
  /** Above 1 on a projector. */
  readonly scale: number
  /** Size of the smallest type, pixels. */
  readonly tinyText: number
}

/** Where things are in the chart, pixels; the same arithmetic as the axes, for what is drawn around them. */
export interface ChartGeometry extends ChartSize {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** No room for names beside the lines: they stand below. */
  readonly isNarrow: boolean
  readonly lastStep: number
  readonly errorAxis: ViewState['errorAxis']
  /** Least error that is drawn: 0, or the floor of a log axis. Smaller ones lie on it. */
  readonly floor: number
}

/** Room right of the plot for names of so many letters; longer ones are cut. */
const labelRoom = (letters: number, { width, scale, tinyText }: ChartSize): number =>
  Math.min(0.3 * width, 290 * scale, Math.max(132 * scale, 40 * scale + 0.64 * tinyText * letters))

/** @param letters of the longest name that stands beside the lines */
export const chartGeometry = (
  { width, height, scale, tinyText }: ChartSize,
  lastStep: number,
  errorAxis: ViewState['errorAxis'],
  floor: number,
  letters: number,
): ChartGeometry => {
  const isNarrow = width < 560 * scale
  return {
    width,
    height,
    scale,
    tinyText,
    left: 3.1 * tinyText + 14 * scale,
    right: width - (isNarrow ? 12 * scale : labelRoom(letters, { width, height, scale, tinyText })),
    top: 20 * scale,
    bottom: height - 24 * scale,
    isNarrow,
    lastStep,
    errorAxis,
    floor,
  }
}

export const xOfStep = ({ left, right, lastStep }: ChartGeometry, step: number): number =>
  left + ((right - left) * step) / Math.max(1, lastStep)

export const yOfError = ({ top, bottom, errorAxis, floor }: ChartGeometry, error: number): number => {
  const kept = Math.min(100, Math.max(floor, error))
  const share = errorAxis === 'linear' ? kept / 100 : Math.log(kept / floor) / Math.log(100 / floor)
  return bottom - (bottom - top) * share
}

/** Where a log axis begins: at 1 % until a curve has gone below, then at the least that the evaluations can tell from 0. */
export const axisFloor = (leastError: number): number => (leastError < 1 ? logFloor(evaluationImages) : 1)
