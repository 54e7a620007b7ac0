import type { CurveSpec } from './curveSpec.ts'
import { type CurveRole, curveRole } from './experimentSpec.ts'

export type CurveMarker = 'square' | 'circle' | 'triangle' | 'diamond' | 'cross' | 'none'

/** What tells a network apart in every picture of the lab, on the page and on paper; the hue goes by role. */
export interface CurveLook {
  readonly role: CurveRole
  /** SVG stroke-dasharray of its lines; null is a solid line. */
  readonly dash: string | null
  readonly marker: CurveMarker
  /** Ink mixed into the role's hue, 0 … 1: darker on paper, lighter in the dark, so contrast only grows. */
  readonly inkShare: number
}

const markers: Readonly<Record<CurveRole, readonly CurveMarker[]>> = {
  reference: ['none', 'triangle', 'cross', 'diamond', 'square'],
  plain: ['square', 'diamond', 'cross', 'triangle', 'circle', 'none'],
  residual: ['circle', 'triangle', 'diamond', 'cross', 'square', 'none'],
}

const dashes: Readonly<Record<CurveRole, readonly (string | null)[]>> = {
  reference: ['7 3', '2 3', '7 3 2 3', '12 3', '7 3 2 3 2 3'],
  plain: [null, '9 3', '4 3', '9 3 2 3', '2 3', '14 3 4 3'],
  residual: [null, '9 3', '4 3', '9 3 2 3', '2 3', '14 3 4 3'],
}

const inkShares = [0, 0.32, 0.16, 0.48, 0.24, 0.56]

const cycled = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

/** One look a network, in the experiment's order: dash, marker and tone differ, so that hue is never the only sign. */
export const curveLooks = (networks: readonly CurveSpec[]): readonly CurveLook[] => {
  const seen: Record<CurveRole, number> = { reference: 0, plain: 0, residual: 0 }
  return networks.map((curve) => {
    const role = curveRole(networks, curve)
    const rank = seen[role]++
    return {
      role,
      dash: cycled(dashes[role], rank),
      marker: cycled(markers[role], rank),
      inkShare: cycled(inkShares, rank),
    }
  })
}
