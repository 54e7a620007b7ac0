import { logFloor, onLogAxis } from '../domain/series.ts'

export interface Tick {
  readonly value: number
  readonly label: string
}

/** From values to pixels, and what to write beside the axis. */
export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly Tick[]
}

/** Round steps, at most about `most` of them, 0 included. */
export const stepScale = (steps: number, left: number, right: number, most: number): Scale => {
  const rough = Math.max(1, steps / most)
  const power = 10 ** Math.floor(Math.log10(rough))
  const stride =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough
  const ticks: Tick[] = []
  for (let value = 0; value <= steps; value += stride)
    ticks.push({ value, label: value.toLocaleString('en') })
  return { at: (value) => left + ((right - left) * value) / Math.max(1, steps), ticks }
}

/** Errors in percent from 0 to 100, or on a log axis from what one error among the evaluation images is. */
export const errorScale = (kind: 'linear' | 'log', images: number, top: number, bottom: number): Scale => {
  if (kind === 'linear') {
    const ticks = [0, 25, 50, 75, 100].map((value) => ({ value, label: String(value) }))
    return { at: (value) => bottom - ((bottom - top) * value) / 100, ticks }
  }
  const floor = logFloor(images)
  const span = Math.log10(100 / floor)
  const ticks: Tick[] = []
  for (let value = 100; value > floor * 0.99; value /= 10) {
    ticks.push({ value, label: String(Number(value.toPrecision(3))) })
  }
  return {
    at: (value) => bottom - ((bottom - top) * Math.log10(onLogAxis(value, floor) / floor)) / span,
    ticks,
  }
}
