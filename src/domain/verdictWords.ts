import { type Estimate, errorEstimate } from './comparison.ts'
import type { CurveSpec } from './curveSpec.ts'
import { curveLabel } from './experimentSpec.ts'
import { finalMinibatches, type StepPoint } from './run.ts'

/** Whole points; one decimal below 10. */
const pointsText = (value: number): string =>
  Math.abs(value) < 9.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value))

/** An error as people read it: `88 %`, `7.4 %`. */
export const percentText = (value: number): string => `${pointsText(value)} %`

export const stepsText = (steps: number): string => `${steps} ${steps === 1 ? 'step' : 'steps'}`

export const gapText = ({ mean, standardError }: Estimate): string =>
  `${pointsText(Math.abs(mean))} ± ${pointsText(standardError)} points (standard error over the last ${finalMinibatches} batches)`

export const batchesText = (count: number): string => (count === 1 ? 'batch' : `${count} batches`)

/** `plain-8 26 %, plain-32 86 %`. */
export const errorsText = (networks: readonly CurveSpec[], points: readonly StepPoint[]): string =>
  networks.map((curve, i) => `${curveLabel(curve)} ${percentText(errorEstimate(points, i).mean)}`).join(', ')

/** The plain network's twin; only shortcuts A make it the very same network, since B and C have parameters of their own. */
export const twinText = (curve: CurveSpec): string =>
  curve.shortcut === 'A' ? 'with shortcuts, the same network' : `with shortcuts ${curve.shortcut}, it`

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
