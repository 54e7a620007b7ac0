import { type CurveRole, type CurveSpec, curveRole } from '../domain/experimentSpec.ts'
import type { FigureColours } from './figureColours.ts'
import { element, short } from './xml.ts'

export type FigureMarker = 'square' | 'circle' | 'triangle' | 'diamond' | 'cross'

export interface CurveStyle {
  readonly colour: string
  /** SVG stroke-dasharray; null is a solid line. */
  readonly dash: string | null
  readonly marker: FigureMarker
}

const markers: Readonly<Record<CurveRole, readonly FigureMarker[]>> = {
  reference: ['triangle', 'cross', 'diamond'],
  plain: ['square', 'diamond', 'cross', 'triangle'],
  residual: ['circle', 'triangle', 'diamond', 'cross', 'square'],
}
const dashes: Readonly<Record<CurveRole, readonly (string | null)[]>> = {
  reference: ['7 3', '2 3', '7 3 2 3'],
  plain: [null, '9 3', '4 3', '9 3 2 3'],
  residual: [null, '9 3', '4 3', '9 3 2 3', '2 3'],
}
/** How much of the ink is mixed into later networks of one role. */
const inkShares = [0, 0.32, 0.16, 0.48, 0.24, 0.56]

/** Hue by role; dash, marker and tone tell networks of one role apart, so hue is never the only sign. */
export const curveStyles = (
  networks: readonly CurveSpec[],
  colours: FigureColours,
): readonly CurveStyle[] => {
  const seen: Record<CurveRole, number> = { reference: 0, plain: 0, residual: 0 }
  return networks.map((curve) => {
    const role = curveRole(networks, curve)
    const rank = seen[role]++
    return {
      colour: mixed(colours.roles[role], colours.ink, inkShares[rank % inkShares.length] ?? 0),
      dash: dashes[role][rank % dashes[role].length] ?? null,
      marker: markers[role][rank % markers[role].length] ?? 'circle',
    }
  })
}

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

export const markerElement = (marker: FigureMarker, x: number, y: number, colour: string): string => {
  const r = 4
  const polygon = (points: readonly (readonly [number, number])[]): string =>
    element('polygon', {
      points: points.map(([dx, dy]) => `${short(x + dx)},${short(y + dy)}`).join(' '),
      fill: colour,
    })
  switch (marker) {
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
