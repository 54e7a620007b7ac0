import { curveLabel } from '../../domain/curveLabel.ts'
import { type CurveLook, curveLooks } from '../../domain/curveLook.ts'
import type { CurveSpec } from '../../domain/curveSpec.ts'

/** How one network looks in every picture of the page. */
export interface NetworkStyle extends Pick<CurveLook, 'role' | 'dash' | 'marker'> {
  /** A CSS colour that follows the theme. */
  readonly color: string
  /** Unique within the experiment. */
  readonly label: string
}

/** One style a network, in the experiment's order. */
export const networkStyles = (networks: readonly CurveSpec[]): readonly NetworkStyle[] => {
  const labels = uniqueLabels(networks)
  return curveLooks(networks).map(({ role, dash, marker, inkShare }, index) => ({
    role,
    dash,
    marker,
    label: labels[index] as string,
    color:
      inkShare === 0
        ? `var(--${role})`
        : `color-mix(in oklab, var(--${role}), var(--ink) ${Math.round(100 * inkShare)}%)`,
  }))
}

/** Curve labels; equal networks are numbered, so that each curve can be named and hidden by itself. */
export const uniqueLabels = (networks: readonly CurveSpec[]): readonly string[] => {
  const plain = networks.map(curveLabel)
  return plain.map((label, index) => {
    const before = plain.slice(0, index).filter((other) => other === label).length
    return before === 0 ? label : `${label} (${before + 1})`
  })
}
