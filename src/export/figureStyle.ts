import { type CurveMarker, curveLooks } from '../domain/curveLook.ts'
import type { CurveSpec } from '../domain/curveSpec.ts'
import type { FigureColours } from './figureColours.ts'
import { element, short } from './xml.ts'

export interface CurveStyle {
  readonly colour: string
  /** SVG stroke-dasharray; null is a solid line. */
  readonly dash: string | null
  readonly marker: CurveMarker
}

/** The looks of the page, in a figure's own colours. */
export const curveStyles = (networks: readonly CurveSpec[], colours: FigureColours): readonly CurveStyle[] =>
  curveLooks(networks).map(({ role, dash, marker, inkShare }) => ({
    colour: mixed(colours.roles[role], colours.ink, inkShare),
    dash,
    marker,
  }))

/** Two `#rrggbb` colours, channel by channel. */
const mixed = (colour: string, other: string, share: number): string => {
  const channel = (text: string, at: number): number => Number.parseInt(text.slice(at, at + 2), 16)
  const hex = [1, 3, 5].map((at) =>
    Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}

export const markerElement = (marker: CurveMarker, x: number, y: number, colour: string): string => {
  const r = 4
  const polygon = (points: readonly (readonly [number, number])[]): string =>
    element('polygon', {
      points: points.map(([dx, dy]) => `${short(x + dx)},${short(y + dy)}`).join(' '),
      fill: colour,
    })
  switch (marker) {
    case 'none':
      return ''
    case 'circle':
      return element('circle', { cx: x, cy: y, r, fill: colour })
    case 'square':
      return element('rect', { x: x - 3.6, y: y - 3.6, width: 7.2, height: 7.2, fill: colour })
    case 'triangle':
      return polygon([
        [0, -r - 0.6],
        [r + 0.4, r - 0.6],
        [-r - 0.4, r - 0.6],
      ])
    case 'diamond':
      return polygon([
        [0, -r - 1],
        [r + 1, 0],
        [0, r + 1],
        [-r - 1, 0],
      ])
    case 'cross':
      return element('path', {
        d: `M${short(x - 3.5)} ${short(y - 3.5)}l7 7m0 -7l-7 7`,
        stroke: colour,
        'stroke-width': 2,
        fill: 'none',
      })
    default:
      return marker satisfies never
  }
}
