import { type CurveRole, type CurveSpec, curveLabel, curveRole } from '../../domain/experimentSpec.ts'

export type MarkerShape = 'square' | 'circle' | 'triangle' | 'diamond' | 'cross' | 'none'

/** How one network looks in every picture of the lab: hue by role; dash, marker and tone tell networks of one role apart. */
export interface NetworkStyle {
  /** A CSS colour that follows the theme. */
  readonly color: string
  /** SVG stroke-dasharray of its lines; null is a solid line. */
  readonly dash: string | null
  readonly marker: MarkerShape
  readonly role: CurveRole
  /** Unique within the experiment. */
  readonly label: string
}

const markers: Record<CurveRole, readonly MarkerShape[]> = {
  reference: ['none', 'triangle', 'cross'],
  plain: ['square', 'diamond', 'cross', 'triangle'],
  residual: ['circle', 'triangle', 'diamond', 'cross'],
}

const dashes: Record<CurveRole, readonly (string | null)[]> = {
  reference: ['7 3', '2 3', '7 3 2 3'],
  plain: [null, '9 3', '4 3', '9 3 2 3'],
  residual: [null, '9 3', '4 3', '9 3 2 3'],
}

/** Later networks of a role are mixed with ink: darker on paper, lighter in the dark, so contrast only grows. */
const inkShares = [0, 32, 16, 48, 24, 56]

const cycled = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

/** One style a network, in the experiment's order. */
export const networkStyles = (networks: readonly CurveSpec[]): readonly NetworkStyle[] => {
  const labels = uniqueLabels(networks)
  const seen: Record<CurveRole, number> = { reference: 0, plain: 0, residual: 0 }
  return networks.map((curve, index) => {
    const role = curveRole(networks, curve)
    const rank = seen[role]++
    const share = cycled(inkShares, rank)
    return {
      role,
      label: labels[index] as string,
      color: share === 0 ? `var(--${role})` : `color-mix(in oklab, var(--${role}), var(--ink) ${share}%)`,
      dash: cycled(dashes[role], rank),
      marker: cycled(markers[role], rank),
    }
  })
}

/** Curve labels; equal networks are numbered, so that each curve can be named and hidden by itself. */
export const uniqueLabels = (networks: readonly CurveSpec[]): readonly string[] => {
  const plain = networks.map(curveLabel)
  return plain.map((label, index) => {
    const before = plain.slice(0, index).filter((other) => other === label).length
    return before === 0 ? label : `${label} (${before + 1})`
  })
}
