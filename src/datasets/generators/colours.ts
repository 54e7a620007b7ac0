import type { RandomStream } from '../../domain/random.ts'
import { between } from './painter.ts'

/** Red, green and blue, 0 … 1. */
export type Colour = readonly [red: number, green: number, blue: number]

/** The colours of one image: a figure, and two that its background mixes. */
export interface Palette {
  readonly figure: Colour
  readonly backgrounds: readonly [Colour, Colour]
}

/** Least difference in luminance between the figure and either background. */
export const luminanceGap = 0.3

/** Rec. 601 luminance, 0 … 1. */
export const luminance = ([red, green, blue]: Colour): number => 0.299 * red + 0.587 * green + 0.114 * blue

/** Hue, saturation and value, each 0 … 1. */
export const hsvToRgb = (hue: number, saturation: number, value: number): Colour => {
  const channel = (shift: number): number => {
    const k = (shift + hue * 6) % 6
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1))
  }
  return [channel(5), channel(3), channel(1)]
}

export const drawColour = (stream: RandomStream, leastSaturation: number, leastValue: number): Colour =>
  hsvToRgb(stream.uniform(), between(stream, leastSaturation, 1), between(stream, leastValue, 1))

const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/**
 * Draws until the figure is darker than both backgrounds or lighter than both, by the gap. (A figure between the two would
 * vanish where the background passes through its luminance.)
 */
export const drawPalette = (stream: RandomStream): Palette => {
  for (;;) {
    const figure = drawColour(stream, 0.35, 0.15)
    const first = drawColour(stream, 0.35, 0.15)
    const second = mix(first, drawColour(stream, 0.35, 0.15), 0.6)
    const above = luminance(figure) - luminance(first)
    const aboveSecond = luminance(figure) - luminance(second)
    const isLighter = above >= luminanceGap && aboveSecond >= luminanceGap
    const isDarker = above <= -luminanceGap && aboveSecond <= -luminanceGap
    if (isLighter || isDarker) return { figure, backgrounds: [first, second] }
  }
}
